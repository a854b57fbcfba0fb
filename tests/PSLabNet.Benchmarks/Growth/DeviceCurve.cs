using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Benchmarks.Discovery;

namespace PSLabNet.Benchmarks.Growth;

/// <summary>Finding devices, which is measured in a process of its own: only the cost of the one who looks for them.</summary>
internal static class DeviceCurve
{
    private static readonly GrowthCurve Curve = new("Finding devices", "devices", 625, _ => throw new NotSupportedException());

    /// <summary>The devices of the smallest size and of the largest, and those in between.</summary>
    public static IReadOnlyList<int> Sizes => Curve.Sizes;

    public static Growth Of(IEnumerable<DiscoveryFigures> figures) =>
        new(Curve, [.. figures.Where(figure => Sizes.Contains(figure.Count)).Select(figure => new GrowthPoint(figure.Count, figure.Product))]);
}
