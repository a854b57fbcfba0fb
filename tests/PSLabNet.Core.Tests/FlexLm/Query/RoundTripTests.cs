using System;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>How many round trips a query waits for, one after the other: on a slow line, they are its time.</summary>
public sealed class RoundTripTests
{
    // Waits for lost requests are several times as long, so that a slow machine does not look as if it lost some.
    private const int LatencyMs = 100;

    // To lmgrd: connect, hello, list and file, places. To all daemons: connect, hello, license sets. Then status: 16, the question that
    // is asked again with 31, and the rest with the names; for a daemon that is known, 32 and the rest.
    [Theory]
    [InlineData(4, 50, 10, 9)]
    [InlineData(1, 100, 11, 11)]
    public async Task Features_of_a_distant_server_take_few_round_trips(int vendors, int features, int first, int second)
    {
        using FlexLmSimulator simulator = Start(vendors, features);
        var known = new KnownDaemons();

        // One more where this machine stops for so long that answers of one flight come in two.
        Assert.InRange(await CountAsync(), first, first + 1);
        Assert.InRange(await CountAsync(), second, second + 1);

        async Task<int> CountAsync()
        {
            var network = new RoundTripNetwork();
            int connections = simulator.Connections;
            FlexLmFeatureResult result = await new FlexLmClient(Options(network, known)).GetFeaturesAsync(
                Asking.Address(simulator.Server), FlexLmFeatureFilter.All, _ => { }, TestContext.Current.CancellationToken);

            Assert.Equal((vendors * features, 0), (result.FeatureCount, result.Errors.Count));
            Assert.Equal(vendors + 1, simulator.Connections - connections);
            Assert.InRange(network.MostAhead, QueryLimits.FirstWindow, QueryLimits.Window);
            return network.RoundTrips;
        }
    }

    // Connect, hello, path with list and file, places; connect, hello.
    [Fact]
    public async Task The_status_of_a_distant_server_takes_six_round_trips()
    {
        using FlexLmSimulator simulator = Start(vendors: 3, features: 1);
        var network = new RoundTripNetwork();

        FlexLmServerStatus status = await new FlexLmClient(Options(network, new KnownDaemons())).GetStatusAsync(
            Asking.Address(simulator.Server), FlexLmFeatureFilter.All, TestContext.Current.CancellationToken);

        Assert.Equal((FlexLmState.Up, 3, "/opt/licenses/license.dat"), (status.Status, status.Vendors.Count, status.LicenseFile));
        Assert.Equal(6, network.RoundTrips);
    }

    [Fact]
    public async Task The_license_file_of_a_distant_server_takes_three_round_trips()
    {
        using FlexLmSimulator simulator = Start(vendors: 1, features: 1);
        var network = new RoundTripNetwork();

        FlexLmLicenseResult license = await new FlexLmClient(Options(network, new KnownDaemons())).GetLicenseAsync(
            Asking.Address(simulator.Server), TestContext.Current.CancellationToken);

        Assert.Equal((true, simulator.LicenseText), (license.IsComplete, license.Text));
        Assert.Equal(3, network.RoundTrips);
    }

    [Fact]
    public async Task A_window_of_one_asks_one_at_a_time()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Vendors = ["a", "b"], FeatureCount = 3 });
        var network = new RoundTripNetwork();

        await new FlexLmClient(Options(network, new KnownDaemons()) with { Window = 1, Distant = TimeSpan.Zero }).GetFeaturesAsync(
            Asking.Address(simulator.Server), FlexLmFeatureFilter.All, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(1, network.MostAhead);
    }

    private static FlexLmQueryOptions Options(RoundTripNetwork network, KnownDaemons known) =>
        new() { Network = network, Timeout = TimeSpan.FromSeconds(60), Known = known };

    private static FlexLmSimulator Start(int vendors, int features) => FlexLmSimulator.Start(new FlexLmSimulatorOptions
    {
        Vendors = [.. Enumerable.Range(0, vendors).Select(vendor => FormattableString.Invariant($"v{vendor}"))],
        FeatureCount = features,
        CheckoutCount = 10,
        LatencyMs = LatencyMs,
    });
}
