using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Lab.Plots;
using PSLabNet.Soak.Measuring;

namespace PSLabNet.Soak.Reporting;

/// <summary>Draws the client's resources over the run: a panel for each quantity, all from zero.</summary>
internal static class SoakPlot
{
    private const int Width = 760;
    private const int MostPoints = 600;

    public static string Draw(IReadOnlyList<Sample> samples) => new PanelPlot("What the client held over the run", 1, Width).Draw([.. Limit.All.Select(limit => PanelOf(limit, samples))]);

    private static Panel PanelOf(Limit limit, IReadOnlyList<Sample> samples)
    {
        double start = samples.Count == 0 ? 0 : samples[0].Seconds;
        double span = Math.Max(1, samples.Count == 0 ? 1 : samples[^1].Seconds - start);
        List<(double X, double Y)> points = [.. samples.Where(sample => limit.Of(sample) is not null).Select(sample => ((sample.Seconds - start) / span, limit.Of(sample)!.Value))];
        double most = points.Select(point => point.Y).Append(1).Max();
        int step = Math.Max(1, points.Count / MostPoints);
        return new Panel(
            limit.Name,
            FormattableString.Invariant($"0 to {most:0}"),
            "0",
            FormattableString.Invariant($"{span / 60:0.#} minutes"),
            [.. points.Where((_, at) => at % step == 0).Select(point => (point.X, point.Y / most))]);
    }
}
