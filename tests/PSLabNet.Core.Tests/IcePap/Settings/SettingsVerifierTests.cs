using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Simulation.IcePap;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

[Collection(OneAtATime.Name)]
public sealed class SettingsVerifierTests
{
    private static readonly IcePapTiming Short = new(TimeSpan.FromSeconds(2), 1);

    private readonly MacAddress address = Devices.RandomAddress();

    private byte[] Old => RawPacket.Configuration(address, RawPacket.Settings(address, "old", 222));

    private byte[] New => RawPacket.Configuration(address, RawPacket.Settings(address, "new", 222));

    [Fact]
    public async Task A_device_that_shows_its_settings_is_verified_at_once()
    {
        await using var device = new RawDevice(address, _ => [Old, New]);
        using var controller = new Controller();
        IcePapPlannedUpdate update = Plan();
        var verifier = new SettingsVerifier(controller.Client, [update]);
        await verifier.ReadAsync(new IcePapTiming(Controller.Long, 0), TestContext.Current.CancellationToken).WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        Assert.Equal("new", verifier.Verify(update).Hostname);
        Assert.Equal([address], verifier.Found.Keys);
    }

    [Fact]
    public async Task A_device_with_other_settings_is_reported_with_both_values()
    {
        await using var device = new RawDevice(address, _ => [Old]);
        using var controller = new Controller();
        IcePapPlannedUpdate update = Plan();
        var verifier = new SettingsVerifier(controller.Client, [update]);
        await verifier.ReadAsync(Short, TestContext.Current.CancellationToken);
        var error = Assert.Throws<IcePapVerificationException>(() => verifier.Verify(update));
        Assert.Equal(("new", "old", address), (error.Expected.Hostname, error.Found?.Hostname, error.Device));
        Assert.Contains("Hostname is old, expected new", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_does_not_answer_is_reported_as_silent()
    {
        using var controller = new Controller();
        IcePapPlannedUpdate update = Plan();
        var verifier = new SettingsVerifier(controller.Client, [update]);
        await verifier.ReadAsync(Short, TestContext.Current.CancellationToken);
        var error = Assert.Throws<IcePapVerificationException>(() => verifier.Verify(update));
        Assert.Null(error.Found);
        Assert.Contains("did not answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_only_written_to_flash_may_show_later()
    {
        await using var device = new RawDevice(address, _ => [Old]);
        using var controller = new Controller();
        IcePapPlannedUpdate update = Plan(IcePapApply.Flash);
        var verifier = new SettingsVerifier(controller.Client, [update]);
        await verifier.ReadAsync(new IcePapTiming(Controller.Long, 0), TestContext.Current.CancellationToken).WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        Assert.Equal("old", verifier.Verify(update).Hostname);
    }

    [Fact]
    public async Task Settings_only_written_to_flash_are_no_excuse_for_other_settings()
    {
        await using var device = new RawDevice(address, _ => [RawPacket.Configuration(address, RawPacket.Settings(address, "other", 222))]);
        using var controller = new Controller();
        IcePapPlannedUpdate update = Plan(IcePapApply.Flash);
        var verifier = new SettingsVerifier(controller.Client, [update]);
        await verifier.ReadAsync(Short, TestContext.Current.CancellationToken);
        Assert.Throws<IcePapVerificationException>(() => verifier.Verify(update));
    }

    // In the order of their answers, as Find-IcePap writes them. If each answer were compared with all answers before it,
    // this would take minutes, and listening would end before the last answer is read.
    [Fact]
    public async Task Ten_thousand_devices_are_read_back_as_fast_as_they_answer()
    {
        IReadOnlyList<IcePapConfiguration> settings = SimulatedIcePapFactory.Create(10_000, [], [], []);
        using var simulator = IcePapSimulator.Start(settings, new IcePapSimulatorOptions());
        using var controller = new Controller();
        IReadOnlyList<IcePapDevice> devices = await controller.FindAsync(settings.Select(device => device.MacAddress).ToHashSet());
        List<IcePapPlannedUpdate> updates =
        [
            .. devices.Select(now => new IcePapSettings { Hostname = now.Hostname }.PlanFor(Devices.Answered(now.MacAddress, new IcePapConfiguration(now.Configuration) { Hostname = "old" }))),
        ];
        var verifier = new SettingsVerifier(controller.Client, updates);
        await verifier.ReadAsync(new IcePapTiming(TimeSpan.FromSeconds(3), 5), TestContext.Current.CancellationToken);
        Assert.Equal(settings.Count, updates.Count);
        Assert.All(updates, update => Assert.Equal(update.Configuration.Hostname, verifier.Verify(update).Hostname));
    }

    [Fact]
    public async Task The_wait_for_a_reboot_ends_when_the_device_answers_with_the_new_settings()
    {
        using var simulator = IcePapSimulator.Start(
            SimulatedIcePapFactory.Create(2, [address, Devices.RandomAddress()], [], []), new IcePapSimulatorOptions { RebootTime = TimeSpan.FromSeconds(1.2) });
        using var controller = new Controller();
        IReadOnlyList<IcePapDevice> devices = await controller.FindAsync([.. simulator.Devices.Select(device => device.MacAddress)]);
        List<IcePapPlannedUpdate> updates = [.. devices.Select((device, number) => new IcePapSettings { Hostname = $"new{number}", Apply = IcePapApply.Flash | IcePapApply.Reboot }.PlanFor(device))];
        foreach (IcePapPlannedUpdate update in updates)
        {
            await controller.UpdateAsync(update);
        }

        Assert.All(simulator.Devices, device => Assert.Equal(SimulatedIcePapState.Rebooting, Eventually(() => device.State, SimulatedIcePapState.Rebooting)));
        var progress = new List<int>();
        var verifier = new SettingsVerifier(controller.Client, updates);
        await verifier.AwaitRebootAsync((missing, elapsed) => progress.Add(elapsed >= TimeSpan.Zero ? missing : -1), TestContext.Current.CancellationToken);
        Assert.Equal(updates.Select(update => update.Configuration.Hostname), updates.Select(update => verifier.Verify(update).Hostname));
        Assert.Equal(2, progress[0]);
        Assert.All(progress, missing => Assert.InRange(missing, 1, 2));
        Assert.All(simulator.Devices, device => Assert.Equal(1, device.UpdateCount));
    }

    [Fact]
    public async Task A_device_that_is_slow_to_go_down_is_not_told_to_reboot_again()
    {
        // It answers with its old settings for longer than any pause between two attempts, is silent once, and then has the
        // new ones.
        const int oldAnswers = 12;
        int requests = 0;
        await using var device = new RawDevice(address, packet =>
            packet.Command == IcePapCommand.UPDATE_CONFIG ? [] : ++requests <= oldAnswers ? [Old] : requests == oldAnswers + 1 ? [] : [New]);
        using var controller = new Controller();
        IcePapPlannedUpdate update = Plan(IcePapApply.Flash | IcePapApply.Reboot);
        await controller.UpdateAsync(update);
        var verifier = new SettingsVerifier(controller.Client, [update]);
        await verifier.AwaitRebootAsync((_, _) => { }, TestContext.Current.CancellationToken);
        Assert.Equal("new", verifier.Verify(update).Hostname);
        Assert.Single(device.Updates);
    }

    [Fact]
    public async Task The_wait_for_a_reboot_ends_at_its_limit()
    {
        await using var device = new RawDevice(address, packet => packet.Command == IcePapCommand.UPDATE_CONFIG ? [] : [Old]);
        using var controller = new Controller();
        IcePapPlannedUpdate update = Plan(IcePapApply.Flash | IcePapApply.Reboot);
        await controller.UpdateAsync(update);
        var verifier = new SettingsVerifier(controller.Client, [update]) { RebootLimit = TimeSpan.FromSeconds(1) };
        await verifier.AwaitRebootAsync((_, _) => { }, TestContext.Current.CancellationToken).WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        Assert.Throws<IcePapVerificationException>(() => verifier.Verify(update));
        Assert.Single(device.Updates);
    }

    [Theory]
    [InlineData(IcePapApply.Dynamic | IcePapApply.Flash)]
    [InlineData(IcePapApply.Flash | IcePapApply.Reboot)]
    public async Task A_device_that_makes_its_own_broadcast_address_is_verified_with_a_warning(IcePapApply apply)
    {
        using var simulator = IcePapSimulator.Start(
            SimulatedIcePapFactory.Create(1, [address], ["before"], [IPAddress.Parse("172.24.154.40")]),
            new IcePapSimulatorOptions { Firmware = SimulatedFirmware.Firmware2007, RebootTime = TimeSpan.FromSeconds(1) });
        using var controller = new Controller();
        var settings = new IcePapSettings { PrefixLength = 23, Apply = apply };
        IcePapPlannedUpdate update = settings.PlanFor(await controller.FindAsync(address));
        await controller.UpdateAsync(update);
        var verifier = new SettingsVerifier(controller.Client, [update]);
        await (update.Reboots
            ? verifier.AwaitRebootAsync((_, _) => { }, TestContext.Current.CancellationToken)
            : verifier.ReadAsync(new IcePapTiming(Controller.Long, 0), TestContext.Current.CancellationToken)).WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        IcePapDevice now = verifier.Verify(update);
        Assert.Equal(("255.255.254.0", "172.24.154.255"), (now.Netmask.ToString(), now.Broadcast.ToString()));
        Assert.Contains(
            "has the broadcast address 172.24.154.255, not 172.24.155.255 as it was sent. Its firmware ignores the broadcast address in an update",
            Assert.Single(controller.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, simulator.Devices[0].UpdateCount);
        Assert.False(settings.PlanFor(now).IsChange);
    }

    [Fact]
    public async Task A_broadcast_address_that_differs_beside_another_setting_is_no_excuse()
    {
        byte[] other = RawPacket.Settings(address, "old", 222);
        other[13] = 254;
        await using var device = new RawDevice(address, _ => [RawPacket.Configuration(address, other)]);
        using var controller = new Controller();
        IcePapPlannedUpdate update = Plan();
        var verifier = new SettingsVerifier(controller.Client, [update]);
        await verifier.ReadAsync(Short, TestContext.Current.CancellationToken);
        Assert.Contains("Broadcast is 172.24.155.254, expected 172.24.155.255", Assert.Throws<IcePapVerificationException>(() => verifier.Verify(update)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_a_reboot()
    {
        using var controller = new Controller();
        using var stop = new CancellationTokenSource();
        Task waiting = new SettingsVerifier(controller.Client, [Plan(IcePapApply.Reboot)]).AwaitRebootAsync((_, _) => { }, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_null_argument_is_the_callers_mistake()
    {
        using var controller = new Controller();
        Assert.Throws<ArgumentNullException>("session", () => new SettingsVerifier(null!, []));
        Assert.Throws<ArgumentNullException>("updates", () => new SettingsVerifier(controller.Client, null!));
        var verifier = new SettingsVerifier(controller.Client, []);
        Assert.Throws<ArgumentNullException>("update", () => verifier.Verify(null!));
        Assert.Throws<ArgumentException>("update", () => verifier.Verify(Plan()));
    }

    private static T Eventually<T>(Func<T> read, T expected)
    {
        SpinWait.SpinUntil(() => Equals(read(), expected), Controller.Promptly);
        return read();
    }

    private IcePapDevice Answered() => Devices.Answered(address, IcePapConfiguration.ReadFrom(RawPacket.Settings(address, "old", 222), 0));

    private IcePapPlannedUpdate Plan(IcePapApply apply = IcePapApply.Dynamic | IcePapApply.Flash) => new IcePapSettings { Hostname = "new", Apply = apply }.PlanFor(Answered());
}
