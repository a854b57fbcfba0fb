using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using PSLabNet.Soak.Measuring;

namespace PSLabNet.Soak.Reporting;

/// <summary>Draws what the client held over the run: a panel for each quantity, all from zero.</summary>
internal static class SoakPlot
{
    private const int Width = 760;
    private const int PanelHeight = 110;
    private const int Left = 60;
    private const int Right = 10;
    private const int Top = 24;
    private const int Bottom = 30;
    private const int MostPoints = 600;
    private const double SecondsPerMinute = 60;

    public static string Draw(IReadOnlyList<Sample> samples)
    {
        var svg = new StringBuilder();
        int height = (Limit.All.Count * (PanelHeight + Top)) + Bottom;
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add(svg, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/>");
        double start = samples.Count == 0 ? 0 : samples[0].Seconds;
        double span = Math.Max(1, samples.Count == 0 ? 1 : samples[^1].Seconds - start);
        for (int index = 0; index < Limit.All.Count; index++)
        {
            Limit limit = Limit.All[index];
            int top = Top + (index * (PanelHeight + Top));
            List<(double X, double Y)> points = [.. samples.Where(sample => limit.Of(sample) is not null).Select(sample => ((sample.Seconds - start) / span, limit.Of(sample)!.Value))];
            double most = Math.Max(1, points.Count == 0 ? 1 : points.Max(point => point.Y));
            int step = Math.Max(1, points.Count / MostPoints);
            Add(svg, $"<text x=\"{Left}\" y=\"{top - 6}\">{limit.Name}</text>");
            Add(svg, $"<text x=\"{Left - 6}\" y=\"{top + 10}\" text-anchor=\"end\">{most:0}</text>");
            Add(svg, $"<text x=\"{Left - 6}\" y=\"{top + PanelHeight}\" text-anchor=\"end\">0</text>");
            Add(svg, $"<path d=\"M{Left} {top}V{top + PanelHeight}H{Width - Right}\" fill=\"none\" stroke=\"#888888\"/>");
            string line = string.Join(' ', points.Where((_, at) => at % step == 0).Select(point => string.Create(
                CultureInfo.InvariantCulture, $"{Left + (point.X * (Width - Left - Right)):0.#},{top + (PanelHeight * (1 - (point.Y / most))):0.#}")));
            Add(svg, $"<polyline points=\"{line}\" fill=\"none\" stroke=\"#1f5fa8\"/>");
        }

        Add(svg, $"<text x=\"{Left}\" y=\"{height - 10}\">0</text>");
        Add(svg, $"<text x=\"{Width - Right}\" y=\"{height - 10}\" text-anchor=\"end\">{span / SecondsPerMinute:0.#} minutes</text>");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Add(StringBuilder svg, FormattableString line) => svg.Append(FormattableString.Invariant(line)).Append('\n');
}
