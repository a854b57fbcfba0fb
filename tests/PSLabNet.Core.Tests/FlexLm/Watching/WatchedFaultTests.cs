using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Watching;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Watching;

public sealed class WatchedFaultTests
{
    private readonly FlexLmCheckoutWatch watch = new();

    // The number of right answers before the stream begins: the hello, license sets (new generation), then features.
    [Theory]
    [InlineData(FlexLmGeneration.New, 3)]
    [InlineData(FlexLmGeneration.New, 2)]
    [InlineData(FlexLmGeneration.New, 5)]
    [InlineData(FlexLmGeneration.Old, 1)]
    [InlineData(FlexLmGeneration.Old, 2)]
    [InlineData(FlexLmGeneration.Old, 5)]
    public async Task An_endless_stream_of_users_reports_nothing_as_taken_or_returned(FlexLmGeneration generation, int rightAnswers)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Generation = generation });
        string[] features = [.. simulator.Vendors[0].Features];
        ulong? kept = simulator.Checkout(features[0], "alice", "ws1", "tty1", 1);
        Assert.NotNull(kept);
        Assert.Empty(await LookAsync(simulator));

        simulator.Behave(simulator.Options with { Fault = FlexLmSimulatorFault.EndlessStream, FaultTarget = FlexLmSimulatorTarget.Vendor, FaultAfter = rightAnswers });
        IReadOnlyList<FlexLmCheckoutEvent> flooded = await LookAsync(simulator);

        simulator.Behave(simulator.Options with { Fault = FlexLmSimulatorFault.None });
        Assert.NotNull(simulator.Checkout(features[1], "bob", "ws2", "tty2", 1));
        IReadOnlyList<FlexLmCheckoutEvent> after = await LookAsync(simulator);

        Assert.DoesNotContain(flooded, change => change.Checkout is not null);
        Assert.Equal("bob", Assert.Single(after, change => change.Checkout is not null).User);
    }

    [Fact]
    public async Task A_user_who_stays_through_an_outage_is_reported_neither_as_taken_nor_as_returned()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions());
        Assert.Empty(await LookAsync(simulator));
        var events = new List<FlexLmCheckoutEvent>();
        foreach (FlexLmSimulatorFault fault in new[] { FlexLmSimulatorFault.VendorDown, FlexLmSimulatorFault.WrongCrc, FlexLmSimulatorFault.HiddenVendor, FlexLmSimulatorFault.CloseHalfWay })
        {
            simulator.Behave(simulator.Options with { Fault = fault });
            events.AddRange(await LookAsync(simulator));
        }

        simulator.Behave(simulator.Options with { Fault = FlexLmSimulatorFault.None });
        events.AddRange(await LookAsync(simulator));

        Assert.DoesNotContain(events, change => change.Checkout is not null);
    }

    private async Task<IReadOnlyList<FlexLmCheckoutEvent>> LookAsync(FlexLmSimulator simulator)
    {
        Asking asking = await Asking.FeaturesOf(simulator);
        return watch.Compare(asking.Result, asking.Features, DateTimeOffset.Now);
    }
}
