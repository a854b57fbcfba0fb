using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Benchmarks.Servers;
using PSLabNet.FlexLm.Query;
using PSLabNet.Simulation.FlexLm;

namespace PSLabNet.Benchmarks.Growth;

/// <summary>Queries of simulated servers. Both sides are in this process, so the cost of both is counted.</summary>
internal static class NetworkCurves
{
    public static IEnumerable<GrowthCurve> All =>
    [
        new("License servers", "servers", 4, size => Servers(size, ServerRun.Features, ServerRun.Checkouts)),
        new("One license server", "features", 25, size => Servers(1, size, ServerRun.Checkouts)),
        new("One feature of a license server", "checkouts", 100, size => Servers(1, 1, size)),
    ];

    private static GrowthWork Servers(int count, int features, int checkouts)
    {
        FlexLmSimulator[] simulators = [.. Enumerable.Range(0, count).Select(_ => ServerRun.Start(features, checkouts, 0))];
        return new GrowthWork(() => ServerRun.AskAsync(simulators, new FlexLmQueryOptions()), new Simulators(simulators));
    }

    private sealed class Simulators(FlexLmSimulator[] all) : IDisposable
    {
        public void Dispose() => Array.ForEach(all, simulator => simulator.Dispose());
    }
}
