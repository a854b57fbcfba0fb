using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.Benchmarks.Measuring;

namespace PSLabNet.Benchmarks.Growth;

/// <summary>Work of one size, ready to be done any number of times.</summary>
/// <param name="RunAsync">Does it.</param>
/// <param name="Held">What it needs meanwhile; disposed of afterwards.</param>
internal sealed record GrowthWork(Func<Task> RunAsync, IDisposable? Held = null)
{
    public static GrowthWork Of(Action work) => new(() =>
    {
        work();
        return Task.CompletedTask;
    });
}

/// <summary>Work whose cost is to grow with its size and no faster.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Of">What the size counts.</param>
/// <param name="Smallest">The smallest size; the largest is sixteen times as much.</param>
/// <param name="Prepare">Makes the work of a size.</param>
internal sealed record GrowthCurve(string Name, string Of, int Smallest, Func<int, GrowthWork> Prepare)
{
    /// <summary>From the smallest size to the largest.</summary>
    public const int Span = 16;

    /// <summary>All sizes, each twice the one before.</summary>
    public IReadOnlyList<int> Sizes => [.. Enumerable.Range(0, 5).Select(power => Smallest << power)];

    /// <summary>Measures some sizes.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="runs">Runs of each, of which the median counts.</param>
    public async Task<Growth> MeasureAsync(IReadOnlyList<int> sizes, int runs)
    {
        GrowthWork[] works = [.. sizes.Select(Prepare)];
        try
        {
            // The code is compiled in its last form only after it has run for a while.
            await RepeatAsync(works[0]);
            await works[^1].RunAsync();
            var costs = works.Select(_ => new List<Cost>()).ToArray();
            for (int run = 0; run < runs; run++)
            {
                for (int index = 0; index < works.Length; index++)
                {
                    costs[index].Add(await CostAsync(works[index], Span * sizes[0] / sizes[index]));
                }
            }

            return new Growth(this, [.. sizes.Select((size, index) => new GrowthPoint(size, Meter.Median(costs[index])))]);
        }
        finally
        {
            foreach (GrowthWork work in works)
            {
                work.Held?.Dispose();
            }
        }
    }

    // As often that all sizes take about as long to measure.
    private static async Task<Cost> CostAsync(GrowthWork work, int times)
    {
        Cost cost = await Meter.OnceAsync(async () =>
        {
            for (int time = 0; time < times; time++)
            {
                await work.RunAsync();
            }
        });
        return cost.Per(times);
    }

    private static async Task RepeatAsync(GrowthWork work)
    {
        TimeSpan until = ProcessorClock.Now + TimeSpan.FromMilliseconds(300);
        while (ProcessorClock.Now < until)
        {
            await work.RunAsync();
        }
    }
}

/// <summary>A measured size.</summary>
internal sealed record GrowthPoint(int Size, Cost Cost);

/// <summary>A measured curve.</summary>
internal sealed record Growth(GrowthCurve Curve, IReadOnlyList<GrowthPoint> Points)
{
    /// <summary>The power of the size that processor time grows with: 1 is linear, 2 quadratic.</summary>
    public double TimeExponent => Exponent(point => point.Cost.Processor.Ticks);

    /// <summary>The power of the size that the bytes allocated grow with.</summary>
    public double MemoryExponent => Exponent(point => point.Cost.Allocated);

    // The slope of the line through the logarithms (least squares).
    private double Exponent(Func<GrowthPoint, double> value)
    {
        double[] x = [.. Points.Select(point => Math.Log(point.Size))];
        double[] y = [.. Points.Select(point => Math.Log(Math.Max(value(point), 1)))];
        double meanX = x.Average();
        double meanY = y.Average();
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
