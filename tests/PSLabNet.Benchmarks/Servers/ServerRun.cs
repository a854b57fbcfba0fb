using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Simulation.FlexLm;

namespace PSLabNet.Benchmarks.Servers;

/// <summary>The cost of querying a number of servers at a given distance.</summary>
/// <param name="Count">Number of servers.</param>
/// <param name="LatencyMs">Milliseconds between a request and its answer.</param>
/// <param name="Rounds">Number of times that a client must wait for an answer before it can go on, as far as the conversation shows.</param>
/// <param name="Bare">Bare sockets.</param>
/// <param name="Product">The product.</param>
internal sealed record ServerFigures(int Count, int LatencyMs, int Rounds, Cost Bare, Cost Product);

/// <summary>Features of simulated servers, all in this process.</summary>
internal static class ServerRun
{
    /// <summary>Number of features of each server.</summary>
    public const int Features = 20;

    /// <summary>Number of checkouts of each feature.</summary>
    public const int Checkouts = 5;

    public static async Task<ServerFigures> MeasureAsync(int count, int latencyMs, int runs)
    {
        FlexLmSimulator[] simulators = [.. Enumerable.Range(0, count).Select(_ => Start(Features, Checkouts, latencyMs))];
        Conversation conversation = await Conversation.ListenAsync(AddressOf(simulators[0]));
        BareServer[] bareServers = [.. simulators.Select(_ => new BareServer(conversation, latencyMs))];
        try
        {
            var bare = new List<Cost>();
            var product = new List<Cost>();
            for (int run = 0; run <= runs; run++)
            {
                Cost one = await Meter.OnceAsync(() => AskBareAsync(bareServers));
                Cost other = await Meter.OnceAsync(() => AskAsync(simulators, new FlexLmQueryOptions()));

                // The first run compiles the code.
                if (run > 0)
                {
                    bare.Add(one);
                    product.Add(other);
                }
            }

            int rounds = conversation.Connections.Sum(connection => connection.Count);
            return new ServerFigures(count, latencyMs, rounds, Meter.Median(bare), Meter.Median(product));
        }
        finally
        {
            Array.ForEach(simulators, simulator => simulator.Dispose());
            Array.ForEach(bareServers, server => server.Dispose());
        }
    }

    /// <summary>The cost of querying one server with many features, with pipelines of different sizes.</summary>
    public static async Task<Cost> WithWindowAsync(int window, int features, int latencyMs, int runs)
    {
        using FlexLmSimulator simulator = Start(features, Checkouts, latencyMs);
        var costs = new List<Cost>();
        for (int run = 0; run <= runs; run++)
        {
            costs.Add(await Meter.OnceAsync(() => AskAsync([simulator], new FlexLmQueryOptions { Window = window })));
        }

        return Meter.Median([.. costs.Skip(1)]);
    }

    public static FlexLmSimulator Start(int features, int checkouts, int latencyMs) => FlexLmSimulator.Start(new FlexLmSimulatorOptions
    {
        FeatureCount = features,
        Issued = checkouts * 2,
        CheckoutCount = checkouts,
        LatencyMs = latencyMs,
    });

    public static async Task AskAsync(IReadOnlyList<FlexLmSimulator> simulators, FlexLmQueryOptions options)
    {
        int count = 0;
        await ServerThrottle.ForEachAsync(
            simulators.Select(AddressOf),
            options with { Timeout = TimeSpan.FromSeconds(100) },
            (server, client, stop) => client.GetFeaturesAsync(server, FlexLmFeatureFilter.All, _ => { }, stop),
            (_, result) => count += result.Errors.Count == 0 && result.FeatureCount > 0 ? 1 : 0,
            CancellationToken.None);
        if (count != simulators.Count)
        {
            throw new InvalidOperationException($"{count} of {simulators.Count} servers answered in full.");
        }
    }

    private static FlexLmServerAddress AddressOf(FlexLmSimulator simulator) => FlexLmServerAddress.Of(new FlexLmNode("127.0.0.1", simulator.Port));

    private static async Task AskBareAsync(BareServer[] servers)
    {
        using var places = new SemaphoreSlim(new FlexLmQueryOptions().ThrottleLimit);
        await Task.WhenAll(servers.Select(async server =>
        {
            await places.WaitAsync();
            await server.AskAsync();
            places.Release();
        }));
    }
}
