using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.Lab.Processes;

namespace PSLabNet.Benchmarks.Discovery;

/// <summary>The cost of finding a number of devices.</summary>
/// <param name="Count">Number of devices.</param>
/// <param name="Bare">A bare socket, with datagrams from a bare socket.</param>
/// <param name="Product">The product, with the same datagrams.</param>
/// <param name="Simulated">The product, with simulated devices.</param>
internal sealed record DiscoveryFigures(int Count, Cost Bare, Cost Product, Cost Simulated);

/// <summary>Measures in this process, with the devices in another. Run it in a separate network if possible.</summary>
internal static class DiscoveryRun
{
    public static async Task<DiscoveryFigures> MeasureAsync(int count, int runs)
    {
        var bare = new List<Cost>();
        var product = new List<Cost>();
        var simulated = new List<Cost>();
        using (await OwnProcess.StartAsync("answer", count.ToString(CultureInfo.InvariantCulture)))
        {
            // The first run compiles the code.
            for (int run = 0; run <= runs; run++)
            {
                Keep(run, bare, await Meter.OnceAsync(() => Finding.ByBareSocketAsync(count)));
                Keep(run, product, await Meter.OnceAsync(() => Finding.ByProductAsync(count)));
            }
        }

        using (await OwnProcess.StartAsync("simulate", count.ToString(CultureInfo.InvariantCulture)))
        {
            for (int run = 0; run <= runs; run++)
            {
                Keep(run, simulated, await Meter.OnceAsync(() => Finding.ByProductAsync(count)));
            }
        }

        return new DiscoveryFigures(count, Meter.Median(bare), Meter.Median(product), Meter.Median(simulated));
    }

    private static void Keep(int run, List<Cost> costs, Cost cost)
    {
        if (run > 0)
        {
            costs.Add(cost);
        }
    }
}
