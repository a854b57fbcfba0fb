using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace PSLabNet.Benchmarks.Measuring;

/// <summary>Measures work by medians of several runs. Each run is long enough for its clock.</summary>
internal static class Meter
{
    // The clock measures a run of this length with an error below a thousandth.
    private static readonly TimeSpan ShortestRun = TimeSpan.FromMilliseconds(25);

    /// <summary>Processor time, in nanoseconds, of very short work: it is repeated until the time can be measured.</summary>
    /// <param name="runs">Number of runs; the median counts.</param>
    /// <param name="work">The work.</param>
    public static double Nanoseconds(int runs, Action work)
    {
        int count = 1;
        while (Times(count, work).Processor < ShortestRun)
        {
            count *= 2;
        }

        return Median(Enumerable.Range(0, runs).Select(_ => Times(count, work).Processor.TotalNanoseconds / count));
    }

    /// <summary>Measures work that is done once per run.</summary>
    public static async Task<Cost> OnceAsync(Func<Task> work)
    {
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = ProcessorClock.Now;
        var clock = Stopwatch.StartNew();
        await work();
        TimeSpan elapsed = clock.Elapsed;
        return new Cost(ProcessorClock.Now - processor, elapsed, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    /// <summary>The median of each part.</summary>
    public static Cost Median(IReadOnlyList<Cost> costs) => new(
        TimeSpan.FromTicks((long)Median(costs.Select(cost => (double)cost.Processor.Ticks))),
        TimeSpan.FromTicks((long)Median(costs.Select(cost => (double)cost.Elapsed.Ticks))),
        Median(costs.Select(cost => cost.Allocated)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static Cost Times(int count, Action work) => OnceAsync(() =>
    {
        for (int index = 0; index < count; index++)
        {
            work();
        }

        return Task.CompletedTask;
    }).GetAwaiter().GetResult();
}
