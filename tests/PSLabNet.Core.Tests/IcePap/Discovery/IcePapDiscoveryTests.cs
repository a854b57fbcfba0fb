using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Discovery;

[Collection(OneAtATime.Name)]
public sealed partial class IcePapDiscoveryTests
{
    [Fact]
    public async Task A_device_is_returned_with_its_answer_and_its_interface()
    {
        MacAddress address = Devices.RandomAddress();
        await using var device = new RawDevice(address, _ => [RawPacket.Configuration(address, RawPacket.Settings(address, "iceeu4", 222))]);
        using var controller = new Controller();
        DateTimeOffset before = DateTimeOffset.Now;
        IcePapDevice found = await controller.FindAsync(address);
        Assert.Equal($"iceeu4 (172.24.155.222, {address})", found.ToString());
        Assert.Equal("255.255.255.0 24 172.24.155.99 172.24.155.255", $"{found.Netmask} {found.PrefixLength} {found.Gateway} {found.Broadcast}");
        Assert.Equal((address, address), (found.MacAddress, found.DeviceId));
        Assert.Equal((Devices.Loopback.Name, "127.0.0.1", "127.0.0.1"), (found.Interface, found.LocalAddress.ToString(), found.RemoteAddress.ToString()));
        Assert.InRange(found.ResponseTime, TimeSpan.Zero, DateTimeOffset.Now - before);
        Assert.InRange(found.DiscoveredAt, before, DateTimeOffset.Now);
    }

    [Fact]
    public async Task A_device_that_answers_many_times_is_one_device()
    {
        MacAddress address = Devices.RandomAddress();
        await using var device = new RawDevice(address, _ => Enumerable.Repeat(RawPacket.Configuration(address, RawPacket.Settings(address, "iceeu4", 222)), 5));
        using var controller = new Controller();
        var found = new List<MacAddress>();
        DeviceInventory inventory = await DiscoverAsync(controller, new IcePapTiming(TimeSpan.FromSeconds(2), 1), device => found.Add(device.MacAddress));
        Assert.InRange(controller.AnswersOf(address), 5, int.MaxValue);
        Assert.Single(found, address);
        Assert.Single(inventory.Devices, device => device.MacAddress == address);
        Assert.Empty(controller.Warnings);
    }

    [Fact]
    public async Task A_packet_from_the_controllers_address_is_not_a_device()
    {
        MacAddress address = Devices.RandomAddress();
        await using var device = new RawDevice(address, _ =>
        [
            RawPacket.Configuration(RawPacket.Controller, RawPacket.Settings(RawPacket.Controller, "self", 1)),
            RawPacket.Configuration(address, RawPacket.Settings(address, "iceeu4", 222)),
        ]);
        using var controller = new Controller();
        var heard = new List<MacAddress>();
        await DiscoverAsync(controller, new IcePapTiming(Controller.Long, 0), found => heard.Add(found.MacAddress), () => heard.Contains(address));
        Assert.DoesNotContain(RawPacket.Controller, heard);
    }

    [Fact]
    public async Task Listening_ends_as_soon_as_there_is_enough()
    {
        MacAddress wanted = Devices.RandomAddress();
        MacAddress later = Devices.RandomAddress();
        await using var device = new RawDevice(wanted, _ =>
        [
            RawPacket.Configuration(wanted, RawPacket.Settings(wanted, "iceeu4", 222)),
            RawPacket.Configuration(later, RawPacket.Settings(later, "later", 223)),
        ]);
        using var controller = new Controller();
        var found = new List<MacAddress>();
        DeviceInventory inventory = await DiscoverAsync(controller, new IcePapTiming(Controller.Long, 0), device => found.Add(device.MacAddress), () => found.Contains(wanted))
            .WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        Assert.Equal(wanted, found[^1]);
        Assert.False(inventory.TryGet(later, out _));
        Assert.Single(controller.Sent);
    }

    [Fact]
    public async Task Whether_there_is_enough_is_asked_again_after_an_answer_of_a_known_device()
    {
        MacAddress address = Devices.RandomAddress();
        await using var device = new RawDevice(address, _ => Enumerable.Repeat(RawPacket.Configuration(address, RawPacket.Settings(address, "iceeu4", 222)), 3));
        using var controller = new Controller();
        await DiscoverAsync(controller, new IcePapTiming(Controller.Long, 0), _ => { }, () => controller.AnswersOf(address) == 3)
            .WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        Assert.Equal(3, controller.AnswersOf(address));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 8)]
    public async Task Without_answers_the_request_is_repeated_as_requested_and_twice_as_often_from_three_repetitions_on(int retry, int questions)
    {
        using var listener = new GroupMember();
        using var controller = new Controller();
        var clock = Stopwatch.StartNew();
        var quiet = TimeSpan.FromSeconds(0.4);
        await ListenAsync(controller, new IcePapTiming(quiet, retry), _ => false);
        Assert.True(clock.Elapsed >= quiet);
        Assert.Equal(questions, controller.Sent.Count);
        Assert.All(controller.Sent, bytes =>
        {
            Assert.Equal(18, bytes.Length);
            IcePapPacket packet = IcePapPacketCodec.Decode(bytes);
            Assert.Equal((IcePapCommand.REQUEST_CONFIG, RawPacket.Controller, true), (packet.Command, packet.Source, packet.IsBroadcast));
        });
        Assert.Equal(controller.Sent, await listener.DrainAsync(heard => controller.Sent.Any(heard.SequenceEqual)));
        ushort first = IcePapPacketCodec.Decode(controller.Sent.First()).PacketNumber;
        Assert.Equal(
            Enumerable.Range(first, questions).Select(number => (ushort)number),
            controller.Sent.Select(bytes => IcePapPacketCodec.Decode(bytes).PacketNumber));
    }

    [Fact]
    public async Task Something_new_restarts_the_window_and_its_repetitions()
    {
        MacAddress address = Devices.RandomAddress();
        await using var device = new RawDevice(address, _ => [RawPacket.Configuration(address, RawPacket.Settings(address, "iceeu4", 222))]);
        using var controller = new Controller();
        int answers = 0;
        await ListenAsync(controller, new IcePapTiming(TimeSpan.FromSeconds(2), 1), found => found.MacAddress == address && ++answers <= 3);
        Assert.InRange(controller.Sent.Count, 3, 5);
        Assert.True(answers >= 3);
    }

    [Fact]
    public async Task Cancellation_ends_the_listening_long_before_the_window()
    {
        using var controller = new Controller();
        using var stop = new CancellationTokenSource();
        Task listening = controller.Client.DiscoverAsync(new IcePapTiming(Controller.Long, 0), _ => { }, null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening.WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_null_argument_is_the_callers_mistake()
    {
        using var controller = new Controller();
        CancellationToken token = TestContext.Current.CancellationToken;
        await Assert.ThrowsAsync<ArgumentNullException>("timing", () => controller.Client.DiscoverAsync(null!, _ => { }, null, token));
        await Assert.ThrowsAsync<ArgumentNullException>("found", () => controller.Client.DiscoverAsync(new IcePapTiming(Controller.Long, 0), null!, null, token));
        await Assert.ThrowsAsync<ArgumentNullException>("update", () => controller.Client.UpdateAsync(null!, Controller.Long, token));
        Assert.Throws<ArgumentNullException>("transport", () => new IcePapSession(null!, controller));
        Assert.Throws<ArgumentNullException>("log", () => new IcePapSession(controller.Transport, null!));
    }

    private static Task<DeviceInventory> DiscoverAsync(Controller controller, IcePapTiming timing, Action<IcePapDevice> found, Func<bool>? isEnough = null) =>
        controller.Client.DiscoverAsync(timing, found, isEnough, TestContext.Current.CancellationToken);

    private static Task ListenAsync(Controller controller, IcePapTiming timing, Func<IcePapDevice, bool> isNew, Func<bool>? isEnough = null) =>
        controller.Client.ListenAsync(timing, isNew, isEnough ?? (() => false), TestContext.Current.CancellationToken);
}
