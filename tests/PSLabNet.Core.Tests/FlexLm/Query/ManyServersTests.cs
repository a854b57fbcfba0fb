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
}
