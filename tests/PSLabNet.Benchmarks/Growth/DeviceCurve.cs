using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Benchmarks.Discovery;

namespace PSLabNet.Benchmarks.Growth;

/// <summary>Finding devices, measured in a separate process: only the cost of the searching side.</summary>
internal static class DeviceCurve
{
    private static readonly GrowthCurve Curve = new("Finding devices", "devices", 625, _ => throw new NotSupportedException());

    /// <summary>The numbers of devices, from the smallest to the largest.</summary>
    public static IReadOnlyList<int> Sizes => Curve.Sizes;

    public static Growth Of(IEnumerable<DiscoveryFigures> figures) =>
        new(Curve, [.. figures.Where(figure => Sizes.Contains(figure.Count)).Select(figure => new GrowthPoint(figure.Count, figure.Product))]);
}
