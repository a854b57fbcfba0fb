using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

[Collection(OneAtATime.Name)]
public sealed class IcePapUpdateTests
{
    private readonly IcePapDevice device = Devices.Answered();

    private MacAddress Address => device.MacAddress;

    [Fact]
    public async Task The_settings_go_only_to_the_device_and_its_acknowledgement_ends_the_wait()
    {
        await using var raw = new RawDevice(Address, packet => AcknowledgeUpdates(packet, 0));
        using var controller = new Controller();
        await controller.UpdateAsync(Plan());
        byte[] sent = Assert.Single(controller.Sent);
        Assert.Equal(80, sent.Length);
        IcePapPacket packet = IcePapPacketCodec.Decode(sent);
        Assert.Equal((RawPacket.Controller, (MacAddress?)Address, (ushort)1, IcePapCommand.UPDATE_CONFIG), (packet.Source, packet.Destination, packet.TargetCount, packet.Command));
        IcePapConfiguration configuration = Assert.IsType<IcePapConfiguration>(packet.Payload);
        Assert.Equal(("newname", IcePapApply.Dynamic | IcePapApply.Flash, Address), (configuration.Hostname, configuration.Apply, configuration.MacAddress));
        Assert.Single(raw.Updates);
    }

    [Fact]
    public async Task Acknowledgements_from_others_for_other_packets_and_malformed_ones_do_not_count()
    {
        // Each of these carries an error code. If it counted as the answer, the update would fail.
        const ushort code = 0x0140;
        await using var raw = new RawDevice(Address, packet => packet.Command != IcePapCommand.UPDATE_CONFIG ? [] :
        [
            RawPacket.Acknowledgement(Devices.RandomAddress(), packet.PacketNumber, code),
            RawPacket.Acknowledgement(RawPacket.Controller, packet.PacketNumber, code),
            RawPacket.Acknowledgement(Address, (ushort)(packet.PacketNumber - 1), code),
            RawPacket.Acknowledgement(Address, (ushort)(packet.PacketNumber + 1), code),
            RawPacket.Flip(RawPacket.Acknowledgement(Address, packet.PacketNumber, code), 170),
            RawPacket.Acknowledgement(Address, packet.PacketNumber, code)[..27],
            (RawPacket.To(RawPacket.Controller, RawPacket.UpdateConfigAck, RawPacket.Settings(Address, "x", 1)) with { Source = Address }).Bytes,
            (RawPacket.To(RawPacket.Controller, RawPacket.UpdateConfigAck, []) with { Source = Address }).Bytes,
            (RawPacket.To(RawPacket.Controller, 0x0007, [.. RawPacket.Little(packet.PacketNumber), .. RawPacket.Little(code)]) with { Source = Address }).Bytes,
            RawPacket.Configuration(Address, RawPacket.Settings(Address, "x", 1)),
            [],
            RawPacket.Acknowledgement(Address, packet.PacketNumber, 0),
        ]);
        using var controller = new Controller();
        await controller.UpdateAsync(Plan());
        Assert.Single(controller.Sent);
    }

    [Fact]
    public async Task If_no_attempt_could_send_the_error_is_the_networks_and_not_the_devices()
    {
        // No interface has this index, so each attempt fails like on an interface that is down.
        var elsewhere = Devices.Loopback with { Index = 9999, Address = IPAddress.Parse("192.0.2.1") };
        var unreachable = new IcePapDevice(Address, device.Configuration, elsewhere, IPAddress.Loopback, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        using var controller = new Controller();
        IcePapNetworkException error = await Assert.ThrowsAsync<IcePapNetworkException>(
            () => controller.UpdateAsync(new IcePapSettings { Hostname = "newname" }.PlanFor(unreachable), seconds: 0.3));
        Assert.Contains("192.0.2.1", error.Message, StringComparison.Ordinal);
        Assert.Empty(controller.Sent);
    }

    [Fact]
    public async Task Without_an_acknowledgement_the_same_packet_is_sent_three_times_before_the_error()
    {
        using var listener = new GroupMember();
        using var controller = new Controller();
        var error = await Assert.ThrowsAsync<IcePapNoAcknowledgementException>(() => controller.UpdateAsync(Plan(), seconds: 0.6));
        Assert.Equal((Address, 3), (error.Device, error.Sent));
        Assert.Equal(3, controller.Sent.Count);
        Assert.Single(controller.Sent.Select(RawPacket.Hex).Distinct());
        Assert.Equal(controller.Sent, await listener.DrainAsync(heard => controller.Sent.Any(heard.SequenceEqual)));
    }

    [Fact]
    public async Task A_late_acknowledgement_after_a_repeated_packet_counts()
    {
        int heard = 0;
        await using var raw = new RawDevice(Address, packet => packet.Command == IcePapCommand.UPDATE_CONFIG && ++heard == 2 ? AcknowledgeUpdates(packet, 0) : []);
        using var controller = new Controller();
        await controller.UpdateAsync(Plan(), seconds: 3);
        Assert.Equal(2, controller.Sent.Count);
    }

    [Fact]
    public async Task A_too_late_acknowledgement_does_not_count_for_the_next_update()
    {
        IcePapPacket? previous = null;
        await using var raw = new RawDevice(Address, packet =>
        {
            if (packet.Command != IcePapCommand.UPDATE_CONFIG || previous is null || previous.PacketNumber == packet.PacketNumber)
            {
                previous = packet.Command == IcePapCommand.UPDATE_CONFIG ? packet : previous;
                return [];
            }

            return [RawPacket.Acknowledgement(Address, previous.PacketNumber, 0x0149), RawPacket.Acknowledgement(Address, packet.PacketNumber, 0)];
        });
        using var controller = new Controller();
        await Assert.ThrowsAsync<IcePapNoAcknowledgementException>(() => controller.UpdateAsync(Plan(), seconds: 0.3));
        await controller.UpdateAsync(Plan());
    }

    [Theory]
    [InlineData(0x0140, "ERR_SIZE_PACK (0x0140)")]
    [InlineData(0x0143, "ERR_BAD_GW (0x0143)")]
    [InlineData(0x0149, "ERR_SET_HOSTNAME (0x0149)")]
    [InlineData(0x0144, "324 (0x0144)")]
    [InlineData(0xFFFF, "65535 (0xffff)")]
    public async Task An_error_of_the_device_is_reported_with_its_name_or_number(ushort code, string shown)
    {
        await using var raw = new RawDevice(Address, packet => AcknowledgeUpdates(packet, code));
        using var controller = new Controller();
        var error = await Assert.ThrowsAsync<IcePapRejectedException>(() => controller.UpdateAsync(Plan()));
        Assert.Equal((Address, (IcePapAcknowledgementCode)code), (error.Device, error.Code));
        Assert.Contains(shown, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reboot_is_sent_once_without_waiting_for_an_acknowledgement()
    {
        using var controller = new Controller();
        await controller.UpdateAsync(Plan(IcePapApply.Flash | IcePapApply.Reboot), seconds: 60).WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
        Assert.Single(controller.Sent);
    }

    [Theory]
    [InlineData(IcePapApply.Dynamic)]
    [InlineData(IcePapApply.Reboot)]
    public async Task A_cancelled_update_is_not_sent(IcePapApply apply)
    {
        using var controller = new Controller();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => controller.Client.UpdateAsync(Plan(apply), Controller.Long, stop.Token));
        Assert.Empty(controller.Sent);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_the_acknowledgement_and_nothing_is_repeated()
    {
        using var controller = new Controller();
        using var stop = new CancellationTokenSource();
        Task update = controller.Client.UpdateAsync(Plan(), Controller.Long, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => update.WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken));
        Assert.Single(controller.Sent);
    }

    [Fact]
    public async Task Invalid_settings_are_rejected_before_anything_is_sent()
    {
        // No requested change, and an action that the protocol does not know: nothing may be sent.
        IcePapPlannedUpdate update = new IcePapSettings { Apply = (IcePapApply)9 }.PlanFor(device);
        using var controller = new Controller();
        await Assert.ThrowsAsync<IcePapInvalidSettingsException>(() => controller.UpdateAsync(update));
        Assert.Throws<IcePapInvalidSettingsException>(() => update.ThrowIfInvalid());
        Assert.Empty(controller.Sent);
    }

    [Fact]
    public async Task Two_clients_that_update_one_device_each_ignore_each_others_acknowledgements()
    {
        IcePapDevice other = Devices.Answered();
        await using var good = new RawDevice(Address, packet => AcknowledgeUpdates(packet, 0));
        await using var bad = new RawDevice(other.MacAddress, packet => packet.Command == IcePapCommand.UPDATE_CONFIG ? [RawPacket.Acknowledgement(other.MacAddress, packet.PacketNumber, 0x0140)] : []);
        using var one = new Controller();
        using var two = new Controller();
        Task fine = one.UpdateAsync(Plan());
        Task rejected = two.UpdateAsync(new IcePapSettings { Hostname = "newname" }.PlanFor(other));
        await fine;
        await Assert.ThrowsAsync<IcePapRejectedException>(() => rejected);
    }

    private IEnumerable<byte[]> AcknowledgeUpdates(IcePapPacket packet, ushort code) =>
        packet.Command == IcePapCommand.UPDATE_CONFIG ? [RawPacket.Acknowledgement(Address, packet.PacketNumber, code)] : [];

    private IcePapPlannedUpdate Plan(IcePapApply apply = IcePapApply.Dynamic | IcePapApply.Flash) =>
        new IcePapSettings { Hostname = "newname", IPAddress = IPAddress.Parse("172.24.155.7"), Apply = apply }.PlanFor(device);
}
