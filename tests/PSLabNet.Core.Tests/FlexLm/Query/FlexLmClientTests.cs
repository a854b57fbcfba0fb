using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.NetworkInformation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Logging;
using PSLabNet.Simulation.FlexLm;
using PSLabNet.Streams;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>The members that a C# program calls.</summary>
public sealed class FlexLmClientTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(60);

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Features_come_one_by_one_with_those_who_use_them()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 3, CheckoutCount = 2 });
        var features = new List<FlexLmFeature>();
        await foreach (FlexLmFeature feature in new FlexLmClient().GetFeaturesAsync(Asking.Address(simulator.Server), cancellationToken: TestToken))
        {
            features.Add(feature);
        }

        Assert.Equal(3, features.Count);
        Assert.All(features, feature => Assert.Equal((2, 2), (feature.InUse, feature.Checkouts.Count)));
    }

    [Fact]
    public async Task A_server_that_is_down_throws_with_its_status()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.Refuse });
        var error = await Assert.ThrowsAsync<FlexLmQueryException>(
            () => new FlexLmClient().GetFeaturesAsync(Asking.Address(simulator.Server), cancellationToken: TestToken).ToListAsync(TestToken));
        Assert.Equal((FlexLmState.Down, -15), (error.Server.Status, Assert.Single(error.Errors).Code));
        Assert.StartsWith($"{simulator.Server}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_vendor_daemon_fails_the_features_of_the_others_come_before_the_error()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(TwoVendors(FlexLmSimulatorFault.Refuse));
        var features = new List<FlexLmFeature>();
        var error = await Assert.ThrowsAsync<FlexLmQueryException>(async () =>
        {
            await foreach (FlexLmFeature feature in new FlexLmClient().GetFeaturesAsync(Asking.Address(simulator.Server), cancellationToken: TestToken))
            {
                features.Add(feature);
            }
        });
        Assert.Equal((FlexLmState.Degraded, 2), (error.Server.Status, error.Server.Vendors.Count));
        Assert.Equal(2, features.Count(feature => feature is { Vendor: "good", Error: null }));
    }

    [Fact]
    public async Task A_loop_that_is_left_early_has_closed_all_connections_although_a_daemon_is_silent()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(TwoVendors(FlexLmSimulatorFault.Silent));
        var client = new FlexLmClient(new FlexLmQueryOptions { Timeout = Long });
        await LeaveEarlyAsync().WaitAsync(Promptly, TestToken);
        Assert.Empty(OpenConnections(simulator));

        async Task LeaveEarlyAsync()
        {
            await foreach (FlexLmFeature feature in client.GetFeaturesAsync(Asking.Address(simulator.Server), cancellationToken: TestToken))
            {
                if (feature.Vendor == "good")
                {
                    Assert.NotEmpty(OpenConnections(simulator));
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task A_loop_that_is_cancelled_has_closed_all_connections()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(TwoVendors(FlexLmSimulatorFault.Silent));
        var client = new FlexLmClient(new FlexLmQueryOptions { Timeout = Long });
        using var stop = new CancellationTokenSource();
        Task reading = ReadAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Promptly, TestToken));
        Assert.Empty(OpenConnections(simulator));

        async Task ReadAsync()
        {
            await foreach (FlexLmFeature feature in client.GetFeaturesAsync(Asking.Address(simulator.Server), cancellationToken: stop.Token))
            {
                if (feature.Vendor == "good")
                {
                    await stop.CancelAsync();
                }
            }
        }
    }

    [Fact]
    public async Task Only_features_that_match_the_filter_are_requested()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Vendors = ["one", "two"], FeatureCount = 2 });
        FlexLmServerAddress server = Asking.Address(simulator.Server);
        var filter = new FlexLmFeatureFilter { Vendor = name => name == "two" };
        var client = new FlexLmClient();
        Assert.All(await client.GetFeaturesAsync(server, filter, TestToken).ToListAsync(TestToken), feature => Assert.Equal("two", feature.Vendor));
        Assert.Equal("two", Assert.Single((await client.GetStatusAsync(server, filter, TestToken)).Vendors).Name);
        Assert.Equal(0, simulator.ConnectionsOf("one"));
    }

    [Fact]
    public async Task Taken_and_returned_licenses_are_events()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 1, CheckoutCount = 1 });
        string feature = Assert.Single(Assert.Single(simulator.Vendors).Features);
        var looked = new LookCounter();
        AsyncSequenceEnumerator<FlexLmCheckoutEvent> events = new FlexLmClient(new FlexLmQueryOptions { Log = looked })
            .WatchCheckoutsAsync([Asking.Address(simulator.Server)], interval: TimeSpan.FromMilliseconds(100), cancellationToken: TestToken).GetAsyncEnumerator(TestToken);
        Task<bool> next = events.MoveNextAsync();
        await looked.First.WaitAsync(Promptly, TestToken);
        ulong? handle = simulator.Checkout(feature, "alice", "ws1", ":0", 1);
        Assert.True(await next.WaitAsync(Promptly, TestToken));
        Assert.Equal((FlexLmCheckoutEventKind.Taken, "alice"), (events.Current.Kind, events.Current.User));
        simulator.Return(handle!.Value);
        Assert.True(await events.MoveNextAsync().WaitAsync(Promptly, TestToken));
        Assert.Equal((FlexLmCheckoutEventKind.Returned, "alice"), (events.Current.Kind, events.Current.User));
        await events.DisposeAsync();
        Assert.Empty(OpenConnections(simulator));
    }

    private static FlexLmSimulatorOptions TwoVendors(FlexLmSimulatorFault fault) =>
        new() { Vendors = ["good", "bad"], FeatureCount = 2, Fault = fault, FaultTarget = FlexLmSimulatorTarget.Vendor, FaultVendors = ["bad"] };

    // The open connections on the client side. No other program uses the daemons' ports.
    private static IReadOnlyList<TcpConnectionInformation> OpenConnections(FlexLmSimulator simulator)
    {
        HashSet<int> ports = [simulator.Port, .. simulator.Vendors.Select(vendor => vendor.Port)];
        return [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Where(connection => ports.Contains(connection.RemoteEndPoint.Port) && connection.State == TcpState.Established)];
    }

    private sealed class LookCounter : ILabLog
    {
        private readonly TaskCompletionSource<bool> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task First => first.Task;

        public void Verbose(string message)
        {
            if (message.StartsWith("Look 1 ", StringComparison.Ordinal))
            {
                first.TrySetResult(true);
            }
        }

        public void Warning(string message)
        {
        }

        public void Bytes(string message, byte[] bytes)
        {
        }
    }
}
