using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Servers;

/// <summary>Redundant triads: one pool, a status for each node.</summary>
public sealed class TriadTests
{
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
}
