using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.Soak.Measuring;

/// <summary>The limits for the growth of one measured quantity.</summary>
/// <param name="Name">Name of the quantity.</param>
/// <param name="Of">Reads it from a sample; null if it was not measured.</param>
/// <param name="AtRest">Maximum growth from the rest after the warm-up to the rest at the end.</param>
/// <param name="Drift">Maximum rise of the trend line from the start of the run to its end; null if the trend is not judged.</param>
internal sealed record Limit(string Name, Func<Sample, double?> Of, double AtRest, double? Drift)
{
    /// <summary>
    /// The rules. At rest no socket is open, so none may be left; the size of the thread pool varies. Memory at work is held
    /// by the present conversations, up to 64 MiB for a server that floods: its trend shows nothing, so only the memory at
    /// rest is judged.
    /// </summary>
    public static IReadOnlyList<Limit> All { get; } =
    [
        new("handles", sample => sample.Handles, 2, 8),
        new("open sockets", sample => sample.Sockets, 0, 8),
        new("threads", sample => sample.Threads, 6, 6),
        new("managed memory in KiB", sample => sample.MemoryKiB, 1024, null),
    ];
}

/// <summary>One quantity after the warm-up and at the end, and its trend in between.</summary>
internal sealed record Growth(Limit Limit, double RestBefore, double RestAfter, double BusyLow, double BusyHigh, double Drift, bool IsDriftKnown)
{
    private const int MostWindows = 400;

    // In a shorter run, the trend shows only the faults that are active at the beginning and at the end.
    private static readonly TimeSpan ShortestTrend = TimeSpan.FromMinutes(5);

    public bool IsWithin => RestAfter <= RestBefore + Limit.AtRest && (!IsDriftKnown || Drift <= Limit.Drift);

    public static Growth Of(Limit limit, Sample before, IReadOnlyList<Sample> run, Sample after)
    {
        List<(double X, double Y)> points = [.. run.Where(sample => limit.Of(sample) is not null).Select(sample => (sample.Seconds, limit.Of(sample)!.Value))];
        double span = points.Count < 2 ? 0 : points[^1].X - points[0].X;
        return new Growth(
            limit,
            limit.Of(before)!.Value,
            limit.Of(after)!.Value,
            points.Count == 0 ? 0 : points.Min(point => point.Y),
            points.Count == 0 ? 0 : points.Max(point => point.Y),
            Slope(Thin(points)) * span,
            limit.Drift is not null && span >= ShortestTrend.TotalSeconds);
    }

    /// <summary>The median of the slopes of all pairs (Theil and Sen): a few outliers do not change it.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var slopes = new List<double>();
        for (int first = 0; first < points.Count; first++)
        {
            for (int second = first + 1; second < points.Count; second++)
            {
                slopes.Add((points[second].Y - points[first].Y) / (points[second].X - points[first].X));
            }
        }

        return slopes.Count == 0 ? 0 : Median(slopes);
    }

    private static List<(double X, double Y)> Thin(List<(double X, double Y)> points)
    {
        int size = Math.Max(1, points.Count / MostWindows);
        return [.. points.Chunk(size).Select(window => (window.Average(point => point.X), window.Average(point => point.Y)))];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
