using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

/// <summary>Redundant triads: one pool, a status for each node. And three servers that were joined by commas like one.</summary>
public sealed class TriadTests
{
    // Stands for 127.0.0.1 for all three.
    private static readonly IPAddress OneHost = IPAddress.Parse("127.9.9.9");

    private static readonly Dictionary<string, Func<int, FlexLmSimulatorOptions>> ServersOfTheirOwn = new()
    {
        { "other vendor daemons", node => new FlexLmSimulatorOptions { Vendors = ["vendor" + node] } },
        { "other vendor daemons, and one master", node => new FlexLmSimulatorOptions { Vendors = ["vendor" + node], HostName = "127.0.0.1" } },
        { "the same vendor daemon", node => new FlexLmSimulatorOptions { FeatureCount = node + 1 } },
        { "the same vendor daemon, at one host", node => new FlexLmSimulatorOptions { FeatureCount = node + 1, Address = OneHost } },
        { "a daemon that is not listed", node => new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.HiddenVendor } },
        { "the old generation", node => new FlexLmSimulatorOptions { Generation = FlexLmGeneration.Old } },
        { "two that are down", node => new FlexLmSimulatorOptions { Fault = node == 1 ? FlexLmSimulatorFault.None : FlexLmSimulatorFault.Refuse } },
    };

    private const string TriadLicense = """
        SERVER 127.0.0.1 ANY
        SERVER 127.0.0.2 ANY
        SERVER 127.0.0.3 ANY
        VENDOR demo
        INCREMENT f demo 1.0 permanent 20 SIGN=1234567890
        """;

    [Fact]
    public async Task A_triad_is_one_server_with_a_status_for_each_node()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { NodeCount = 3, CheckoutCount = 1 });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);
        int before = simulator.ConnectionsOf("demo");
        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal((FlexLmState.Up, "127.0.0.1", true), (status.Status, status.HostName, status.IsMaster));
        Assert.Equal([true, false, false], status.Nodes.Select(node => node.IsMaster));
        Assert.All(status.Nodes, node => Assert.Equal(FlexLmState.Up, node.Status));
        Assert.Equal(5, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.Equal((20, 1, true), (feature.Issued, feature.InUse, feature.IsComplete)));
        Assert.Equal(1, simulator.ConnectionsOf("demo") - before);
    }

    [Fact]
    public async Task A_triad_with_one_node_down_is_degraded_and_still_answers()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { NodeCount = 3, DownNodes = [0] });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);
        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal((FlexLmState.Degraded, "127.0.0.2"), (status.Status, status.HostName));
        Assert.Equal([FlexLmState.Down, FlexLmState.Up, FlexLmState.Up], status.Nodes.Select(node => node.Status));
        Assert.Equal(-15, status.Nodes[0].Error!.Code);
        Assert.Equal(5, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
    }

    [Fact]
    public async Task A_triad_with_two_nodes_down_is_down()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { NodeCount = 3, DownNodes = [0, 2] });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);

        Assert.Equal((FlexLmState.Down, -20), (status.Status, status.Error!.Code));
        Assert.Equal([FlexLmState.Down, FlexLmState.Up, FlexLmState.Down], status.Nodes.Select(node => node.Status));
    }

    [Fact]
    public async Task A_triad_without_any_node_is_down()
    {
        FlexLmServerStatus status = await Asking.StatusOf("1@127.0.0.1,1@127.0.0.2,1@127.0.0.3");

        Assert.Equal((FlexLmState.Down, -15), (status.Status, status.Error!.Code));
    }

    [Fact]
    public async Task A_triad_whose_license_file_is_named_may_have_every_node_name_itself_and_is_degraded()
    {
        using Nodes nodes = Nodes.Start(_ => new FlexLmSimulatorOptions { LicenseText = TriadLicense });

        FlexLmServerStatus status = await new FlexLmClient().GetStatusAsync(
            FlexLmServerAddress.Of([.. Asking.Address(nodes.Text).Nodes]), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(FlexLmState.Degraded, status.Status);
        Assert.Equal([FlexLmState.Up, FlexLmState.Degraded, FlexLmState.Degraded], status.Nodes.Select(node => node.Status));
    }

    [Fact]
    public async Task A_triad_in_which_each_node_names_itself_master_is_one_server_and_degraded()
    {
        using Nodes nodes = Nodes.Start(_ => new FlexLmSimulatorOptions { LicenseText = TriadLicense });

        FlexLmServerStatus status = await Asking.StatusOf(nodes.Text);
        Asking asking = await Asking.FeaturesOf(nodes.Text);

        Assert.Equal((FlexLmState.Degraded, "127.0.0.1"), (status.Status, status.HostName));
        Assert.Equal([true, false, false], status.Nodes.Select(node => node.IsMaster));
        Assert.Contains("names 127.0.0.3 as the master, and not 127.0.0.1", status.Nodes[2].Error!.ToString(), StringComparison.Ordinal);
        Assert.Equal(FlexLmState.Degraded, asking.Result.Server.Status);
        Assert.Equal(20, Assert.Single(asking.Features).Issued);
        Assert.Contains(asking.Result.Warnings, warning => warning.Contains("127.0.0.3", StringComparison.Ordinal));
    }

    public static TheoryData<string> Differences => [.. ServersOfTheirOwn.Keys];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Three_servers_that_differ_are_asked_one_by_one_with_a_warning(string difference)
    {
        using Nodes nodes = Nodes.Start(ServersOfTheirOwn[difference]);
        var log = new Asking();
        var statuses = new List<FlexLmServerStatus>();
        var features = new List<FlexLmFeature>();

        await ServerThrottle.ForEachAsync(
            [Asking.Address(nodes.Text)],
            log.Options(20),
            async (server, client, token) =>
            {
                FlexLmServerStatus status = await client.AskStatusAsync(server, FlexLmFeatureFilter.All, token);
                await client.GetFeaturesAsync(server, FlexLmFeatureFilter.All, feature => { lock (features) { features.Add(feature); } }, token);
                return status;
            },
            (server, status) =>
            {
                Assert.Equal(nodes.Text, server.Asked.Text);
                statuses.Add(status);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(nodes.Servers, statuses.Select(status => status.Server));
        Assert.All(statuses, status => Assert.Empty(status.Nodes));
        Assert.Equal(nodes.Up.Select(node => node.Server), statuses.Where(status => status.Status == FlexLmState.Up).Select(status => status.Server));
        Assert.All(nodes.Up, node => Assert.Equal(
            node.Vendors.SelectMany(vendor => vendor.Features).Order(),
            features.Where(feature => feature.Server == node.Server).Select(feature => feature.Name).Order()));
        string warning = Assert.Single(log.VerboseLines, line => line.Contains("not the nodes of a triad", StringComparison.Ordinal));
        Assert.StartsWith(nodes.Text, warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_asks_for_three_servers_as_one_gets_an_error_that_says_so()
    {
        using Nodes nodes = Nodes.Start(node => new FlexLmSimulatorOptions { Vendors = ["vendor" + node] });
        var client = new FlexLmClient(new Asking().Options(20));
        FlexLmServerAddress address = Asking.Address(nodes.Text);

        FlexLmServerStatus status = await client.GetStatusAsync(address, cancellationToken: TestContext.Current.CancellationToken);
        FlexLmLicenseResult license = await client.GetLicenseAsync(address, TestContext.Current.CancellationToken);
        FlexLmQueryException exception = await Assert.ThrowsAsync<FlexLmQueryException>(
            () => client.GetFeaturesAsync(address, cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal((FlexLmState.Degraded, 3), (status.Status, status.Nodes.Count));
        Assert.All(new[] { status.Error!, license.Error!, Assert.Single(exception.Errors) }, error => Assert.Contains("vendor0; vendor1; vendor2", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watch_of_three_servers_warns_once_and_then_looks_at_each()
    {
        using Nodes nodes = Nodes.Start(node => new FlexLmSimulatorOptions { Vendors = ["vendor" + node] });
        var log = new Asking();
        int looks = 0;
        var events = new List<FlexLmCheckoutEvent>();

        await new FlexLmClient(log.Options(20)).WatchCheckoutsAsync(
            new Dictionary<FlexLmServerAddress, FlexLmFeatureFilter> { [Asking.Address(nodes.Text)] = FlexLmFeatureFilter.All },
            TimeSpan.FromMilliseconds(1),
            events.Add,
            _ =>
            {
                nodes.Up[looks % 3].Checkout($"vendor{looks % 3}_feature001", "alice", "ws", "tty", 1);
                return ++looks > 3;
            },
            TestContext.Current.CancellationToken);

        Assert.Single(log.VerboseLines, line => line.Contains("not the nodes of a triad", StringComparison.Ordinal));
        Assert.Equal(nodes.Servers, events.Select(change => change.Server));
    }

    /// <summary>Three servers at 127.0.0.1 to 127.0.0.3, each by itself.</summary>
    private sealed class Nodes : IDisposable
    {
        private readonly List<FlexLmSimulator> simulators = [];

        public IReadOnlyList<string> Servers => [.. simulators.Select(simulator => simulator.Server)];

        public string Text => string.Join(",", Servers);

        public IReadOnlyList<FlexLmSimulator> Up => [.. simulators.Where(simulator => simulator.Fault != FlexLmSimulatorFault.Refuse)];

        public static Nodes Start(Func<int, FlexLmSimulatorOptions> options)
        {
            var nodes = new Nodes();
            for (int node = 0; node < 3; node++)
            {
                FlexLmSimulatorOptions own = options(node);
                nodes.simulators.Add(FlexLmSimulator.Start(own.Address.Equals(OneHost) ? own with { Address = IPAddress.Loopback } : own with { Address = own.AddressOf(node) }));
            }

            return nodes;
        }

        public void Dispose() => simulators.ForEach(simulator => simulator.Dispose());
    }
}
