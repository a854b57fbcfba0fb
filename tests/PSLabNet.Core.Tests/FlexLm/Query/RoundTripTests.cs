using System;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>How many round trips a query waits for, one after the other: on a slow line, they are its time.</summary>
public sealed class RoundTripTests
{
    // Longer than what code takes that runs for the first time.
    private const int LatencyMs = 40;

    [Theory]
    [InlineData(4, 50, 17)]
    [InlineData(1, 100, 17)]
    public async Task Features_of_a_distant_server_take_few_round_trips(int vendors, int features, int most)
    {
        using FlexLmSimulator simulator = Start(vendors, features);
        var network = new RoundTripNetwork();

        FlexLmFeatureResult result = await new FlexLmClient(new FlexLmQueryOptions { Network = network, Timeout = TimeSpan.FromSeconds(60) }).GetFeaturesAsync(
            Asking.Address(simulator.Server), FlexLmFeatureFilter.All, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal((vendors * features, 0), (result.FeatureCount, result.Errors.Count));
        Assert.InRange(network.RoundTrips, 5, most);
        Assert.Equal(vendors + 1, simulator.Connections);
        Assert.InRange(network.MostAhead, 2, 32);
    }

    private static FlexLmSimulator Start(int vendors, int features) => FlexLmSimulator.Start(new FlexLmSimulatorOptions
    {
        Vendors = [.. Enumerable.Range(0, vendors).Select(vendor => FormattableString.Invariant($"v{vendor}"))],
        FeatureCount = features,
        CheckoutCount = 10,
        LatencyMs = LatencyMs,
    });
}
