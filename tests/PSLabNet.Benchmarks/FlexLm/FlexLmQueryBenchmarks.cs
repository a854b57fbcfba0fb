using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using PSLabNet.FlexLm;
using PSLabNet.Simulation;

namespace PSLabNet.Benchmarks.FlexLm;

/// <summary>Four vendors with 50 features of 10 checkouts at a distance of 20 ms. The goal is 0.5 s.</summary>
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class FlexLmQueryBenchmarks
{
    private FlexLmSimulator? simulator;

    [Params(0, 20)]
    public int LatencyMs { get; set; }

    [GlobalSetup]
    public void Setup() => simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
    {
        Vendors = ["a", "b", "c", "d"],
        FeatureCount = 50,
        CheckoutCount = 10,
        LatencyMs = LatencyMs,
    });

    [GlobalCleanup]
    public void Cleanup() => simulator?.Dispose();

    [Benchmark]
    public async Task<int> Features()
    {
        int count = 0;
        FlexLmServerAddress server = FlexLmServerAddress.Of(new FlexLmNode("127.0.0.1", simulator!.Port));
        await FlexLmQuery.GetFeaturesAsync(
            server, FlexLmFeatureFilter.All, new FlexLmQueryOptions(), feature => count += feature.Checkouts.Count, CancellationToken.None);
        return count;
    }
}
