using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace PSLabNet.Lab.Plots;

/// <summary>An SVG image of panels in rows.</summary>
/// <param name="title">The title of the image.</param>
/// <param name="columns">Number of panels in a row.</param>
/// <param name="panelWidth">Width of a panel in pixels.</param>
public sealed class PanelPlot(string title, int columns, int panelWidth)
{
    private const int Height = 190;
    private const int TitleHeight = 34;
    private const int Left = 14;
    private const int Top = 44;
    private const int FrameHeight = Height - Top - 30;

    private readonly int frameWidth = panelWidth - (2 * Left);

    /// <summary>Draws the panels.</summary>
    public string Draw(IReadOnlyList<Panel> panels)
    {
        int rows = (panels.Count + columns - 1) / columns;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * panelWidth} {TitleHeight + (rows * Height)}" font-family="sans-serif" font-size="11">
            <title>{title}</title>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="{Left}" y="22" font-size="15" fill="#222222">{title}</text>

            """);
        for (int index = 0; index < panels.Count; index++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({index % columns * panelWidth} {TitleHeight + (index / columns * Height)})\">\n");
            Draw(svg, panels[index]);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void Draw(StringBuilder svg, Panel panel)
    {
        string X(double share) => Number(Left + (frameWidth * share));
        string Y(double share) => Number(Top + (FrameHeight * (1 - share)));
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left}" y="14" fill="#222222">{WebUtility.HtmlEncode(panel.Title)}</text>
            <text x="{Left}" y="30" fill="#666666">{WebUtility.HtmlEncode(panel.Note)}</text>
            <rect x="{Left}" y="{Top}" width="{frameWidth}" height="{FrameHeight}" fill="none" stroke="#cccccc"/>
            <polyline points="{string.Join(' ', panel.Points.Select(point => X(point.X) + "," + Y(point.Y)))}" fill="none" stroke="#2266aa" stroke-width="1.5"/>
            <text x="{Left}" y="{Height - 16}" fill="#666666">{panel.From}</text>
            <text x="{panelWidth - Left}" y="{Height - 16}" fill="#666666" text-anchor="end">{panel.To}</text>

            """);
        if (panel.Guide is { } guide)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(0)}\" y1=\"{Y(guide.Left)}\" x2=\"{X(1)}\" y2=\"{Y(guide.Right)}\" stroke=\"#999999\" stroke-dasharray=\"4 3\"/>\n");
        }

        foreach ((double x, double y) in panel.HasDots ? panel.Points : [])
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(x)}\" cy=\"{Y(y)}\" r=\"3\" fill=\"#2266aa\"/>\n");
        }
    }

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
