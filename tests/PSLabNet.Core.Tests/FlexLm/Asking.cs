using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Servers;
using PSLabNet.Logging;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

/// <summary>Queries simulators as a program would, and keeps the answers and the log.</summary>
internal sealed class Asking : ILabLog
{
    /// <summary>What this and other queries learn of daemons. Not that of the process: ports are used again.</summary>
    public KnownDaemons Known { get; init; } = new();

    /// <summary>Time of a hello from which on requests are sent ahead to lmgrd; zero for a server that counts as far away in any case.</summary>
    public TimeSpan Distant { get; init; } = QueryLimits.Distant;

    public ConcurrentQueue<string> VerboseLines { get; } = new();

    public ConcurrentQueue<string> DebugLines { get; } = new();

    public ConcurrentQueue<byte[]> Sent { get; } = new();

    public List<FlexLmFeature> Features { get; } = [];

    public FlexLmFeatureResult Result { get; private set; } = new();

    public static FlexLmServerAddress Address(string text) => Assert.Single(FlexLmServerList.Parse(text, new FlexLmEnvironment()).Servers);

    public FlexLmQueryOptions Options(double seconds) => new() { Timeout = TimeSpan.FromSeconds(seconds), Log = this, Known = Known, Distant = Distant };

    public static Task<Asking> FeaturesOf(FlexLmSimulator simulator, double seconds = 20, FlexLmFeatureFilter? filter = null) =>
        FeaturesOf(simulator.Server, seconds, filter);

    public static async Task<Asking> FeaturesOf(string server, double seconds = 20, FlexLmFeatureFilter? filter = null)
    {
        var asking = new Asking();
        await asking.AskAsync(server, seconds, filter);
        return asking;
    }

    /// <summary>Queries the features of a server as if it were far away: lmgrd too gets requests ahead.</summary>
    public static async Task<Asking> FarFeaturesOf(string server, KnownDaemons? known = null)
    {
        var asking = new Asking { Distant = TimeSpan.Zero, Known = known ?? new KnownDaemons() };
        await asking.AskAsync(server, 30);
        return asking;
    }

    public static Task<FlexLmServerStatus> StatusOf(FlexLmSimulator simulator, double seconds = 20) => StatusOf(simulator.Server, seconds);

    public static Task<FlexLmServerStatus> StatusOf(string server, double seconds = 20) =>
        new FlexLmClient(new Asking().Options(seconds)).GetStatusAsync(Address(server), FlexLmFeatureFilter.All, TestContext.Current.CancellationToken);

    public async Task AskAsync(string server, double seconds, FlexLmFeatureFilter? filter = null)
    {
        Result = await new FlexLmClient(Options(seconds)).GetFeaturesAsync(
            Address(server), filter ?? FlexLmFeatureFilter.All, Features.Add, TestContext.Current.CancellationToken);
        Assert.Equal(Features.Count, Result.FeatureCount);
    }

    public FlexLmFeature Feature(string name) => Assert.Single(Features, feature => feature.Name == name);

    public void Verbose(string message) => VerboseLines.Enqueue(message);

    public void Warning(string message) => VerboseLines.Enqueue(message);

    public void Bytes(string message, byte[] bytes)
    {
        DebugLines.Enqueue(message);
        if (message.Contains("<-", StringComparison.Ordinal))
        {
            Sent.Enqueue(bytes);
        }
    }

    /// <summary>A server whose features have one user each, named after the feature, and equal numbers.</summary>
    public static FlexLmSimulator WithOwnUsers(FlexLmSimulatorOptions options, int checkouts = 1)
    {
        FlexLmSimulator simulator = FlexLmSimulator.Start(options);
        foreach (string feature in simulator.Vendors.SelectMany(vendor => vendor.Features))
        {
            for (int index = 0; index < checkouts; index++)
            {
                Assert.NotNull(simulator.Checkout(feature, $"user-of-{feature}", "ws", $"tty{index}", 1));
            }
        }

        return simulator;
    }

    /// <summary>No user is in another feature's list.</summary>
    public void AssertEveryUserIsWhereHeBelongs() => Assert.All(
        Features,
        feature => Assert.All(feature.Checkouts, checkout => Assert.Equal($"user-of-{feature.Name}", checkout.User)));
}
