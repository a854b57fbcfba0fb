using System;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>One query of several servers.</summary>
public sealed class ManyServersTests
{
    [Fact]
    public async Task Silent_servers_do_not_delay_others()
    {
        using FlexLmSimulator up = FlexLmSimulator.Start(new FlexLmSimulatorOptions());
        using FlexLmSimulator silent = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.Silent });
        var order = new System.Collections.Generic.List<string>();

        await ServerThrottle.ForEachAsync(
            new[] { silent.Server, up.Server }.Select(Asking.Address),
            new FlexLmQueryOptions { Timeout = TimeSpan.FromSeconds(5), ThrottleLimit = 1 },
            (server, client, token) => client.GetStatusAsync(server, FlexLmFeatureFilter.All, token),
            (server, _) => order.Add(server.Text),
            TestContext.Current.CancellationToken);

        Assert.Equal([up.Server, silent.Server], order);
    }

    [Fact]
    public async Task Many_servers_dead_or_alive_give_one_result_each()
    {
        using FlexLmSimulator up = FlexLmSimulator.Start(new FlexLmSimulatorOptions());
        using FlexLmSimulator down = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.Refuse });
        using FlexLmSimulator silent = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.Silent });
        FlexLmQueryOptions options = new Asking().Options(6);
        var results = new System.Collections.Generic.Dictionary<string, FlexLmServerStatus>();

        await ServerThrottle.ForEachAsync(
            new[] { up.Server, down.Server, silent.Server, "27003@unknown.invalid" }.Select(Asking.Address),
            options,
            (server, client, token) => client.GetStatusAsync(server, FlexLmFeatureFilter.All, token),
            (server, status) => results.Add(server.Text, status),
            TestContext.Current.CancellationToken);

        Assert.Equal(4, results.Count);
        Assert.Equal(FlexLmState.Up, results[up.Server].Status);
        Assert.Equal(-15, results[down.Server].Error!.Code);
        Assert.Equal(-16, results[silent.Server].Error!.Code);
        Assert.Equal(-96, results["27003@unknown.invalid"].Error!.Code);
    }

    [Fact]
    public async Task Silent_servers_never_have_more_connections_open_than_the_throttle_allows()
    {
        const int Limit = 2;
        using FlexLmSimulator up = FlexLmSimulator.Start(new FlexLmSimulatorOptions());
        FlexLmSimulator[] silent = [.. Enumerable.Range(0, 5).Select(_ => FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.Silent }))];
        var network = new CountingNetwork();
        var order = new System.Collections.Generic.List<(string Server, FlexLmState Status)>();

        await ServerThrottle.ForEachAsync(
            silent.Append(up).Select(server => Asking.Address(server.Server)),
            new FlexLmQueryOptions { Timeout = TimeSpan.FromSeconds(2), ThrottleLimit = Limit, Network = network },
            (server, client, token) => client.GetStatusAsync(server, FlexLmFeatureFilter.All, token),
            (server, status) => order.Add((server.Text, status.Status)),
            TestContext.Current.CancellationToken);

        // The server that is up is last in the list and first to be done. It has a connection to its vendor daemon beside.
        Assert.Equal((up.Server, FlexLmState.Up), order[0]);
        Assert.Equal(6, order.Count);
        Assert.All(order.Skip(1), result => Assert.Equal(FlexLmState.Down, result.Status));
        Assert.InRange(network.Most, 1, Limit + 1);
        Assert.Equal(0, network.OpenCount);
        Assert.All(silent, server => server.Dispose());
    }

    [Fact]
    public async Task A_server_keeps_its_place_until_its_connections_to_vendor_daemons_are_closed()
    {
        FlexLmSimulator[] servers = [.. Enumerable.Range(0, 8).Select(_ => FlexLmSimulator.Start(new FlexLmSimulatorOptions()))];
        var network = new CountingNetwork();
        int done = 0;

        await ServerThrottle.ForEachAsync(
            servers.Select(server => Asking.Address(server.Server)),
            new FlexLmQueryOptions { Timeout = TimeSpan.FromSeconds(60), ThrottleLimit = 2, Network = network },
            (server, client, token) => client.GetFeaturesAsync(server, FlexLmFeatureFilter.All, _ => { }, token),
            (_, result) => done += result.Errors.Count == 0 ? 1 : 0,
            TestContext.Current.CancellationToken);

        // Two servers at a time, each with one connection to lmgrd and one to its vendor daemon.
        Assert.Equal(8, done);
        Assert.InRange(network.Most, 2, 4);
        Assert.All(servers, server => server.Dispose());
    }
}
