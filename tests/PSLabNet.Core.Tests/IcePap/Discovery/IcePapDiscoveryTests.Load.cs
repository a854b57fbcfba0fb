using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.Simulation.IcePap;
using Xunit;

namespace PSLabNet.Tests.IcePap.Discovery;

/// <content>Many devices, floods, and a process that is delayed.</content>
public sealed partial class IcePapDiscoveryTests
{
    [Fact]
    public async Task Answers_that_came_while_the_process_was_held_up_are_read()
    {
        // Over a lossy link on a busy machine, whole searches found nothing: the window had ended before the answers were
        // read.
        MacAddress first = Devices.RandomAddress();
        MacAddress second = Devices.RandomAddress();
        await using var device = new RawDevice(first, _ =>
        [
            RawPacket.Configuration(first, RawPacket.Settings(first, "first", 1)),
            RawPacket.Configuration(second, RawPacket.Settings(second, "second", 2)),
        ]);
        using var controller = new Controller();
        var heard = new List<MacAddress>();
        await ListenAsync(
            controller,
            new IcePapTiming(TimeSpan.FromSeconds(0.4), 0),
            found =>
            {
                heard.Add(found.MacAddress);
                if (found.MacAddress == first)
                {
                    // Longer than the window: this delay is the fault.
                    Thread.Sleep(1000);
                }

                return false;
            },
            () => heard.Contains(second));
        Assert.Contains(second, heard);
    }

    [Fact]
    public async Task Listening_to_a_network_that_never_falls_quiet_ends_with_a_warning()
    {
        MacAddress address = Devices.RandomAddress();
        await using var device = new RawDevice(address, _ => Enumerable.Range(0, 20).Select(_ => Devices.RandomAddress()).Select(other => RawPacket.Configuration(other, RawPacket.Settings(other, "new", 1))));
        using var controller = new Controller();

        // The device has half a window to answer, so a busy machine does not look like a quiet network.
        var timing = new IcePapTiming(TimeSpan.FromSeconds(4), 1) { AtMost = TimeSpan.FromSeconds(5) };
        await DiscoverAsync(controller, timing, _ => { }).WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        Assert.Contains(controller.Warnings, warning => warning.Contains("does not fall quiet; listening ends after 5 s", StringComparison.Ordinal));
    }

    [Fact]
    public void No_listening_lasts_longer_than_a_minute_and_ten_windows() =>
        Assert.Equal(TimeSpan.FromSeconds(80), new IcePapTiming(TimeSpan.FromSeconds(2), 1).AtMost);

    [Fact]
    public async Task A_flood_of_garbage_and_repeated_answers_neither_throws_nor_prolongs_the_window()
    {
        MacAddress address = Devices.RandomAddress();
        byte[] good = RawPacket.Configuration(address, RawPacket.Settings(address, "iceeu4", 222));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task flood = Task.Run(() => Flood(good, stop.Token), TestContext.Current.CancellationToken);
        using var controller = new Controller();
        var inventory = new DeviceInventory(controller);
        await ListenAsync(controller, new IcePapTiming(TimeSpan.FromSeconds(2), 1), found => found.MacAddress == address && inventory.Add(found))
            .WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await flood;
        Assert.True(inventory.TryGet(address, out IcePapDevice? device));
        Assert.Equal("iceeu4", device.Hostname);
    }

    [Fact]
    public async Task Two_clients_at_the_same_time_find_all_devices_each()
    {
        using var simulator = IcePapSimulator.Start(SimulatedIcePapFactory.Create(20, [.. Enumerable.Range(0, 20).Select(_ => Devices.RandomAddress())], [], []), new());
        MacAddress[] wanted = [.. simulator.Devices.Select(device => device.MacAddress)];
        using var one = new Controller();
        using var two = new Controller();
        IReadOnlyList<IcePapDevice>[] found = await Task.WhenAll(one.FindAsync(wanted), two.FindAsync(wanted));
        Assert.All(found, devices => Assert.Equal(wanted, devices.Select(device => device.MacAddress).Order()));
    }

    [Fact]
    public async Task Three_thousand_devices_are_all_found_and_none_twice()
    {
        using var simulator = IcePapSimulator.Start(SimulatedIcePapFactory.Create(3000, [.. Enumerable.Range(0, 3000).Select(_ => Devices.RandomAddress())], [], []), new());
        using var controller = new Controller();
        IReadOnlyList<IcePapDevice> found = await controller.FindAsync([.. simulator.Devices.Select(device => device.MacAddress)], quietSeconds: 5, retry: 9);
        Assert.Equal(simulator.Devices.Select(device => device.MacAddress), found.Select(device => device.MacAddress).Order());
        Assert.Equal(0, controller.Transport.Dropped);
    }

    private static void Flood(byte[] good, CancellationToken stop)
    {
        using var member = new GroupMember();
        var random = new Random(1);
        for (int turn = 0; !stop.IsCancellationRequested; turn++)
        {
            var garbage = new byte[random.Next(0, 1200)];
            random.NextBytes(garbage);
            member.Send(garbage);
            member.Send(good);
            member.Send(good[..random.Next(good.Length)]);
            member.Send(RawPacket.Flip(good, turn % (good.Length * 8)));
        }
    }
}
