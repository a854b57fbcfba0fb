using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Simulation.FlexLm;
using PSLabNet.Tests.FlexLm;

namespace PSLabNet.Benchmarks.Servers;

/// <summary>A license server behind a slow line.</summary>
/// <param name="Vendors">Number of its vendor daemons.</param>
/// <param name="Features">Number of its features, of all daemons together.</param>
/// <param name="LatencyMs">Milliseconds of a round trip.</param>
internal sealed record FarCase(int Vendors, int Features, int LatencyMs)
{
    // Connect, hello, list with file, places; connect, hello, license sets.
    private const int BeforeStatus = 7;

    public static IReadOnlyList<FarCase> All { get; } = [new(1, 200, 20), new(4, 200, 20), new(1, 1000, 100), new(4, 1000, 100)];

    /// <summary>Cases that take seconds. The line is so slow that a busy machine does not look as if requests were lost.</summary>
    public static IReadOnlyList<FarCase> Short { get; } = [new(1, 200, 100), new(4, 200, 100)];

    /// <summary>
    /// The most round trips that a first query may take: a first flight, then full windows, one more for the probe and the names
    /// where they do not fit, and one for a machine that stops so long that answers of one flight come in two.
    /// </summary>
    public int MostRoundTrips => BeforeStatus + 3 + (int)Math.Ceiling((double)((Features / Vendors) - QueryLimits.FirstWindow) / QueryLimits.Window);
}

/// <summary>What a query waits for.</summary>
/// <param name="FirstRoundTrips">Round trips of the first query of the server.</param>
/// <param name="RoundTrips">Round trips of the queries after it.</param>
/// <param name="MostAhead">The most requests without an answer on one connection.</param>
/// <param name="Elapsed">Time of the queries after the first.</param>
internal sealed record FarFigures(int FirstRoundTrips, int RoundTrips, int MostAhead, TimeSpan Elapsed);

/// <summary>Counts the round trips of a query. Connecting takes one round trip too, as it does on a real line.</summary>
internal static class FarRun
{
    private const int Checkouts = 10;

    public static async Task<FarFigures> MeasureAsync(FarCase far, int runs)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            Vendors = [.. Enumerable.Range(1, far.Vendors).Select(vendor => FormattableString.Invariant($"vendor{vendor}"))],
            FeatureCount = far.Features / far.Vendors,
            CheckoutCount = Checkouts,
            LatencyMs = far.LatencyMs,
        });
        var known = new KnownDaemons();
        var networks = new List<RoundTripNetwork>();
        var costs = new List<Cost>();
        for (int run = 0; run <= runs; run++)
        {
            var network = new RoundTripNetwork(TimeSpan.FromMilliseconds(far.LatencyMs));
            networks.Add(network);
            costs.Add(await Meter.OnceAsync(() => AskAsync(simulator, far, network, known)));
        }

        return new FarFigures(
            networks[0].RoundTrips,
            networks.Skip(1).Max(network => network.RoundTrips),
            networks.Max(network => network.MostAhead),
            Meter.Median([.. costs.Skip(1)]).Elapsed);
    }

    private static async Task AskAsync(FlexLmSimulator simulator, FarCase far, RoundTripNetwork network, KnownDaemons known)
    {
        var options = new FlexLmQueryOptions { Network = network, Known = known, Timeout = TimeSpan.FromSeconds(100) };
        FlexLmServerAddress server = FlexLmServerAddress.Of(new FlexLmNode("127.0.0.1", simulator.Port));
        FlexLmFeatureResult result = await new FlexLmClient(options).GetFeaturesAsync(server, FlexLmFeatureFilter.All, _ => { }, CancellationToken.None);
        if (result.Errors.Count > 0 || result.FeatureCount != far.Features)
        {
            throw new InvalidOperationException($"The server answered with {result.FeatureCount} of {far.Features} features and {result.Errors.Count} errors.");
        }
    }
}
