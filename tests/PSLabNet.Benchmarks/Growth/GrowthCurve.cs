using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.Benchmarks.Measuring;

namespace PSLabNet.Benchmarks.Growth;

/// <summary>Work of one size that can be run any number of times.</summary>
/// <param name="RunAsync">Does the work.</param>
/// <param name="Held">Resources of the work; disposed afterwards.</param>
internal sealed record GrowthWork(Func<Task> RunAsync, IDisposable? Held = null)
{
    public static GrowthWork Of(Action work) => new(() =>
    {
        work();
        return Task.CompletedTask;
    });
}

/// <summary>Work whose cost must not grow faster than its size.</summary>
/// <param name="Name">Name of the work.</param>
/// <param name="Of">The unit of the size.</param>
/// <param name="Smallest">The smallest size; the largest is sixteen times as large.</param>
/// <param name="Prepare">Prepares the work for a size.</param>
internal sealed record GrowthCurve(string Name, string Of, int Smallest, Func<int, GrowthWork> Prepare)
{
    /// <summary>Ratio of the largest size to the smallest.</summary>
    public const int Span = 16;

    /// <summary>All sizes, each twice the previous one.</summary>
    public IReadOnlyList<int> Sizes => [.. Enumerable.Range(0, 5).Select(power => Smallest << power)];

    /// <summary>Measures some sizes.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="runs">Number of runs for each size; the median counts.</param>
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

    // The number of repetitions is chosen so that all sizes take about the same time to measure.
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
    /// <summary>The exponent of the size in the processor time: 1 is linear, 2 quadratic.</summary>
    public double TimeExponent => Exponent(point => point.Cost.Processor.Ticks);

    /// <summary>The exponent of the size in the allocated bytes.</summary>
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
