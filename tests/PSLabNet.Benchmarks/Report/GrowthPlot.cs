using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using PSLabNet.Benchmarks.Growth;

namespace PSLabNet.Benchmarks.Report;

/// <summary>
/// Growth curves side by side, both axes logarithmic: dots are what was measured, the dashed line is what linear growth
/// up to the last dot would be.
/// </summary>
internal sealed class GrowthPlot(string title, Func<GrowthPoint, double> value, Func<double, string> label)
{
    private const int Columns = 4;
    private const int Width = 250;
    private const int Height = 190;
    private const int Left = 14;
    private const int Top = 44;
    private const int PlotWidth = Width - (2 * Left);
    private const int PlotHeight = Height - Top - 30;
    private const int TitleHeight = 34;

    public string ToSvg(IReadOnlyList<Growth.Growth> curves)
    {
        int rows = (curves.Count + Columns - 1) / Columns;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Columns * Width} {TitleHeight + (rows * Height)}" font-family="sans-serif" font-size="11">
            <title>{title}</title>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="{Left}" y="22" font-size="15" fill="#222222">{title}</text>

            """);
        for (int index = 0; index < curves.Count; index++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({index % Columns * Width} {TitleHeight + (index / Columns * Height)})\">\n");
            AppendPanel(svg, curves[index]);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void AppendPanel(StringBuilder svg, Growth.Growth curve)
    {
        IReadOnlyList<GrowthPoint> points = curve.Points;
        double[] values = [.. points.Select(value)];
        int[] sizes = [.. points.Select(point => point.Size)];

        // The same scale for both axes, so that linear growth is the same slope in every panel.
        double highest = Math.Log(values.Max());
        double lowest = Math.Min(Math.Log(values.Min()), highest - Math.Log((double)sizes[^1] / sizes[0]));
        double X(double size) => Left + (PlotWidth * (Math.Log(size) - Math.Log(sizes[0])) / (Math.Log(sizes[^1]) - Math.Log(sizes[0])));
        double Y(double amount) => Top + (PlotHeight * (highest - Math.Log(amount)) / (highest - lowest));
        string name = WebUtility.HtmlEncode(curve.Curve.Name);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left}" y="14" fill="#222222">{name}</text>
            <text x="{Left}" y="30" fill="#666666">{label(values[^1])} for {sizes[^1]:N0} {curve.Curve.Of}</text>
            <rect x="{Left}" y="{Top}" width="{PlotWidth}" height="{PlotHeight}" fill="none" stroke="#cccccc"/>
            <line x1="{X(sizes[0]):0.0}" y1="{Y(values[^1] * sizes[0] / sizes[^1]):0.0}" x2="{X(sizes[^1]):0.0}" y2="{Y(values[^1]):0.0}" stroke="#999999" stroke-dasharray="4 3"/>
            <polyline points="{string.Join(' ', points.Select((_, at) => string.Create(CultureInfo.InvariantCulture, $"{X(sizes[at]):0.0},{Y(values[at]):0.0}")))}" fill="none" stroke="#2266aa" stroke-width="1.5"/>

            """);
        for (int at = 0; at < points.Count; at++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(sizes[at]):0.0}\" cy=\"{Y(values[at]):0.0}\" r=\"3\" fill=\"#2266aa\"/>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left}" y="{Height - 16}" fill="#666666">{sizes[0]:N0}</text>
            <text x="{Width - Left}" y="{Height - 16}" fill="#666666" text-anchor="end">{sizes[^1]:N0}</text>

            """);
    }
}
