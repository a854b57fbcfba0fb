using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Simulation.IcePap;
using Xunit;

namespace PSLabNet.Tests.IcePap;

[Collection(OneAtATime.Name)]
public sealed partial class IcePapSimulatorTests
{
    private readonly MacAddress address = Devices.RandomAddress();

    [Fact]
    public async Task A_device_answers_with_its_settings_and_counts_the_requests()
    {
        using var simulator = Start(new());
        SimulatedIcePap device = simulator.Devices[0];
        using var controller = new Controller();
        IcePapDevice found = await controller.FindAsync(address);
        Assert.Equal(device.ToString(), found.ToString());
        Assert.Equal((device.Netmask, device.Gateway, device.Broadcast), (found.Netmask, found.Gateway, found.Broadcast));
        Assert.Equal((Devices.Loopback.Name, SimulatedIcePapState.Running), (device.Interface, device.State));
        Assert.True(device.RequestCount >= 1);
        Assert.Equal((0, 0), (device.UpdateCount, device.AcknowledgementCount));
    }

    [Fact]
    public async Task An_update_is_applied_acknowledged_and_counted()
    {
        using var simulator = Start(new());
        using var controller = new Controller();
        await controller.UpdateAsync(await PlanAsync(controller, IcePapApply.Dynamic));
        SimulatedIcePap device = simulator.Devices[0];
        Assert.Equal(("newname", 1, 1), (device.Hostname, device.UpdateCount, device.AcknowledgementCount));
        Assert.Equal("newname", (await controller.FindAsync(address)).Hostname);
    }

    [Fact]
    public async Task Without_acknowledgements_the_settings_are_applied_silently()
    {
        using var simulator = Start(new IcePapSimulatorOptions { Acknowledgement = null });
        using var controller = new Controller();
        IcePapPlannedUpdate update = await PlanAsync(controller, IcePapApply.Dynamic);
        await Assert.ThrowsAsync<IcePapNoAcknowledgementException>(() => controller.UpdateAsync(update, seconds: 0.9));
        SimulatedIcePap device = simulator.Devices[0];
        Assert.Equal(("newname", 3, 0), (device.Hostname, device.UpdateCount, device.AcknowledgementCount));
    }

    [Fact]
    public async Task Devices_whose_behaviour_changes_keep_their_settings_and_counts()
    {
        using var simulator = Start(new());
        using var controller = new Controller();
        await controller.UpdateAsync(await PlanAsync(controller, IcePapApply.Dynamic));
        var updates = new List<SimulatedIcePapUpdate>();
        simulator.Behave(simulator.Options with { Acknowledgement = IcePapAcknowledgementCode.ERR_BAD_GW, Updated = updates.Add });
        IcePapPlannedUpdate update = new IcePapSettings { Hostname = "third", Apply = IcePapApply.Dynamic }.PlanFor(await controller.FindAsync(address));
        await Assert.ThrowsAsync<IcePapRejectedException>(() => controller.UpdateAsync(update));
        SimulatedIcePap device = simulator.Devices[0];
        Assert.Equal(("newname", 2), (device.Hostname, device.UpdateCount));
        SimulatedIcePapUpdate told = Assert.Single(updates);
        Assert.Equal((address, false, IcePapAcknowledgementCode.ERR_BAD_GW), (told.Device, told.Taken, told.Code));
        Assert.Equal(("third", "newname"), (told.Wanted.Hostname, told.Running.Hostname));
    }

    [Fact]
    public async Task With_an_error_code_the_settings_are_not_applied()
    {
        using var simulator = Start(new IcePapSimulatorOptions { Acknowledgement = (IcePapAcknowledgementCode)0x777 });
        using var controller = new Controller();
        IcePapPlannedUpdate update = await PlanAsync(controller, IcePapApply.Dynamic);
        var error = await Assert.ThrowsAsync<IcePapRejectedException>(() => controller.UpdateAsync(update));
        Assert.Equal((IcePapAcknowledgementCode)0x777, error.Code);
        Assert.NotEqual("newname", simulator.Devices[0].Hostname);
    }

    [Fact]
    public async Task When_all_packets_are_lost_no_device_is_found()
    {
        using var simulator = Start(new IcePapSimulatorOptions { Loss = 1 });
        using var controller = new Controller();
        Assert.Empty(await controller.FindAsync([address], quietSeconds: 0.4, retry: 3));
        Assert.Equal(0, simulator.Devices[0].RequestCount);
    }

    [Fact]
    public async Task When_half_of_the_packets_are_lost_repeated_requests_find_all()
    {
        using var simulator = IcePapSimulator.Start(Settings(50), new IcePapSimulatorOptions { Loss = 0.5 });
        using var controller = new Controller();
        Assert.Equal(50, (await controller.FindAsync([.. simulator.Devices.Select(device => device.MacAddress)], quietSeconds: 5, retry: 99)).Count);
    }

    [Fact]
    public async Task Latency_comes_before_every_answer()
    {
        using var simulator = Start(new IcePapSimulatorOptions { Latency = TimeSpan.FromSeconds(0.3) });
        using var controller = new Controller();
        var clock = Stopwatch.StartNew();
        await controller.FindAsync([address], quietSeconds: 20, retry: 0);
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(0.29), $"The answer came after {clock.Elapsed}.");
    }

    [Fact]
    public async Task After_a_silent_reboot_a_device_has_the_settings_from_flash()
    {
        using var simulator = Start(new IcePapSimulatorOptions { RebootTime = TimeSpan.FromSeconds(8) });
        SimulatedIcePap device = simulator.Devices[0];
        string before = device.Hostname;
        using var controller = new Controller();
        await controller.UpdateAsync(await PlanAsync(controller, IcePapApply.Dynamic));
        Assert.Equal("newname", device.Hostname);
        await controller.UpdateAsync(new IcePapSettings { Hostname = "other", Apply = IcePapApply.Reboot }.PlanFor(await controller.FindAsync(address)));
        Assert.True(SpinWait.SpinUntil(() => device.State == SimulatedIcePapState.Rebooting, Controller.Promptly));
        long requests = device.RequestCount;
        Assert.Empty(await controller.FindAsync([address], quietSeconds: 0.2, retry: 1));
        Assert.Equal(requests, device.RequestCount);
        Assert.Equal(before, (await controller.FindAsync([address], quietSeconds: 30, retry: 50))[0].Hostname);
        Assert.Equal((SimulatedIcePapState.Running, before), (device.State, device.Hostname));
        Assert.Equal(1, device.AcknowledgementCount);
    }

    [Fact]
    public async Task Settings_only_written_to_flash_show_after_the_next_reboot()
    {
        using var simulator = Start(new IcePapSimulatorOptions { RebootTime = TimeSpan.Zero });
        SimulatedIcePap device = simulator.Devices[0];
        using var controller = new Controller();
        await controller.UpdateAsync(await PlanAsync(controller, IcePapApply.Flash));
        Assert.NotEqual("newname", device.Hostname);
        await controller.UpdateAsync(await PlanAsync(controller, IcePapApply.Reboot, "ignored"));
        Assert.True(SpinWait.SpinUntil(() => device.Hostname == "newname", Controller.Promptly));
    }

    [Fact]
    public async Task A_device_that_is_removed_is_silent_and_the_last_one_ends_the_simulator()
    {
        var simulator = IcePapSimulator.Start(Settings(2), new());
        SimulatedIcePap[] devices = [.. simulator.Devices];
        using var foreign = Start(new());
        using var controller = new Controller();
        simulator.Remove([devices[0], foreign.Devices[0]]);
        IReadOnlyList<IcePapDevice> found = await controller.FindAsync([.. devices.Select(device => device.MacAddress)], quietSeconds: 2, retry: 2);
        Assert.Equal([devices[1].MacAddress], found.Select(device => device.MacAddress));
        Assert.Equal((SimulatedIcePapState.Stopped, SimulatedIcePapState.Running, SimulatedIcePapState.Running), (devices[0].State, devices[1].State, foreign.Devices[0].State));
        Assert.False(simulator.IsStopped);
        simulator.Remove([devices[1]]);
        Assert.True(simulator.IsStopped);
        Assert.Equal(SimulatedIcePapState.Stopped, devices[1].State);
        await simulator.Completion.WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentNullException>("stopped", () => simulator.Remove(null!));
        simulator.Dispose();
    }

    [Fact]
    public async Task After_a_restart_of_the_simulator_devices_have_fresh_settings()
    {
        for (int time = 0; time < 3; time++)
        {
            using var controller = new Controller();
            IcePapSimulator simulator = Start(new());
            await controller.UpdateAsync(await PlanAsync(controller, IcePapApply.Dynamic));
            Assert.Equal(1, simulator.Devices[0].UpdateCount);
            simulator.Dispose();
            await simulator.Completion.WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Devices_without_given_settings_are_valid_and_unique()
    {
        IReadOnlyList<IcePapConfiguration> devices = SimulatedIcePapFactory.Create(2000, [address], ["first"], [IPAddress.Parse("10.1.2.1")]);
        Assert.All(devices, device => Assert.Empty(IcePapConfigurationRules.Check(new IcePapConfiguration(device) { Apply = IcePapApply.Flash })));
        Assert.Equal(2000, devices.Select(device => device.MacAddress).Distinct().Count());
        Assert.Equal(2000, devices.Select(device => device.Hostname).Distinct().Count());
        Assert.Equal(2000, devices.Select(device => device.IPAddress).Distinct().Count());
        Assert.Equal((address, "first", "10.1.2.1", "10.1.2.2"), (devices[0].MacAddress, devices[0].Hostname, devices[0].IPAddress.ToString(), devices[0].Gateway.ToString()));
        Assert.StartsWith("00:0c:c6:", devices[1].MacAddress.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SimulatedIcePapFactory.Create(1, [], ["Grüße"], []));
        Assert.Throws<ArgumentException>(() => SimulatedIcePapFactory.Create(1, [], [], [IPAddress.IPv6Loopback]));
    }

    [Fact]
    public void Nothing_to_simulate_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>("devices", () => IcePapSimulator.Start(null!, new()));
        Assert.Throws<ArgumentException>("devices", () => IcePapSimulator.Start([], new()));
        Assert.Throws<ArgumentException>("devices", () => IcePapSimulator.Start([.. Settings(1, address), .. Settings(1, address)], new()));
    }

    private static IReadOnlyList<IcePapConfiguration> Settings(int count, params IReadOnlyList<MacAddress> addresses) =>
        SimulatedIcePapFactory.Create(count, addresses.Count > 0 ? addresses : [.. Enumerable.Range(0, count).Select(_ => Devices.RandomAddress())], [], []);

    private async Task<IcePapPlannedUpdate> PlanAsync(Controller controller, IcePapApply apply, string hostname = "newname") =>
        new IcePapSettings { Hostname = hostname, Apply = apply }.PlanFor(await controller.FindAsync(address));

    private IcePapSimulator Start(IcePapSimulatorOptions options) => IcePapSimulator.Start(Settings(1, address), options);
}
