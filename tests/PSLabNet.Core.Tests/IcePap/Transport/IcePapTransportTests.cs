using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.IcePap.Transport;

[Collection(OneAtATime.Name)]
public sealed partial class IcePapTransportTests
{
    // A timer may fire a step of the system's clock early: 16 ms on Windows.
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_sent_packet_comes_back_and_reaches_other_programs_that_share_the_port()
    {
        using var other = new GroupMember();
        using var controller = new Controller();
        IcePapPacket packet = Request();
        byte[] bytes = IcePapPacketCodec.Encode(packet);
        controller.Transport.Send(packet);
        Assert.Equal(bytes, await other.ReceiveAsync(bytes.SequenceEqual));
        IcePapDatagram own = await HearAsync(controller, bytes);
        Assert.Equal((Devices.Loopback.Index, "127.0.0.1"), (own.Interface.Index, own.RemoteEndPoint.Address.ToString()));
        Assert.Equal([Devices.Loopback], controller.Transport.Interfaces);
    }

    [Fact]
    public async Task Datagrams_arrive_complete_up_to_one_byte_more_than_a_packet_can_have()
    {
        using var other = new GroupMember();
        using var controller = new Controller();
        foreach (int size in new[] { 0, 1, 1048, 1049 })
        {
            var bytes = new byte[size];
            new Random(size).NextBytes(bytes);
            other.Send(bytes);
            Assert.Equal(size, (await HearAsync(controller, bytes)).Bytes.Length);
        }
    }

    [Theory]
    [InlineData(1050)]
    [InlineData(65_507)]
    public async Task Of_a_larger_datagram_the_first_1049_bytes_are_kept(int size)
    {
        using var other = new GroupMember();
        using var controller = new Controller();
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        other.Send(bytes);
        IcePapTraffic traffic = (await HearAsync(controller, bytes[..1049])).ToTraffic();
        Assert.Equal("1049 bytes are too many: the largest packet has 1048.", traffic.Error);
    }

    [Fact]
    public async Task When_nobody_takes_the_datagrams_the_oldest_are_dropped_and_reported()
    {
        using var other = new GroupMember();
        using var log = new Controller();
        using var transport = IcePapTransport.Open([Devices.Loopback], log, QueueOverflow.DropOldest);
        var drops = new DropReport(transport, log);
        drops.Check();
        Assert.Empty(log.Warnings);

        // The queue has room for 48 MiB. The flood is sent in turns, so that the socket's own buffer does not overflow
        // first. Datagrams that overflow there on a slow machine are sent again.
        var flood = new byte[1049];
        var clock = Stopwatch.StartNew();
        for (int sent = 0; transport.Dropped == 0 && clock.Elapsed < Controller.Long; sent++)
        {
            other.Send(flood);
            if (sent % 100 == 0)
            {
                await Task.Yield();
            }
        }

        byte[] last = Guid.NewGuid().ToByteArray();
        other.Send(last);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Controller.Long);
        int taken = 0;
        while (await transport.ReceiveAsync(Controller.Long, limit.Token) is not { } datagram || !datagram.Bytes.SequenceEqual(last))
        {
            taken++;
        }

        Assert.True(transport.Dropped > 0);
        Assert.InRange(taken, 1, 48 * 1024 * 1024 / 1049);
        drops.Check();
        drops.Check();
        drops.Finish();
        Assert.Equal(["Datagrams arrive faster than they are taken. The oldest are dropped.", $"{transport.Dropped} datagrams were dropped, because they arrived faster than they were taken."], log.Warnings);
    }

    [Fact]
    public async Task Where_nothing_comes_the_wait_lasts_its_time_and_ends_with_nothing()
    {
        using var other = new GroupMember();
        using var controller = new Controller();
        var limit = TimeSpan.FromMilliseconds(200);
        IcePapDatagram? datagram;
        TimeSpan waited;
        do
        {
            // Datagrams from other senders on this machine are read and ignored: only a wait in silence counts.
            var clock = Stopwatch.StartNew();
            datagram = await controller.Transport.ReceiveAsync(limit, TestContext.Current.CancellationToken).WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken);
            waited = clock.Elapsed;
        }
        while (datagram is not null);
        Assert.InRange(waited, limit - TimerStep, Controller.Promptly);

        // A wait without a result has not ended the receiving.
        byte[] mark = Guid.NewGuid().ToByteArray();
        other.Send(mark);
        Assert.Equal(mark, (await HearAsync(controller, mark)).Bytes);
    }

    [Fact]
    public void An_interface_that_cannot_send_gives_one_clear_error()
    {
        using var controller = new Controller();
        var error = Assert.Throws<IcePapNetworkException>(() => controller.Transport.Send(Request(), Absent));
        Assert.StartsWith("Nothing could be sent on absent0 (203.0.113.1): ", error.Message, StringComparison.Ordinal);
        controller.Transport.Send(Request(), Devices.Loopback);
    }

    [Fact]
    public void A_null_argument_is_the_callers_mistake()
    {
        using var controller = new Controller();
        Assert.Throws<ArgumentNullException>("interfaces", () => IcePapTransport.Open(null!, controller));
        Assert.Throws<ArgumentNullException>("packet", () => controller.Transport.Send(null!));
        Assert.Throws<ArgumentNullException>("packet", () => controller.Transport.Send(null!, Devices.Loopback));
        Assert.Throws<ArgumentNullException>("local", () => controller.Transport.Send(Request(), null!));
    }

    [Fact]
    public void Traffic_separates_packets_from_other_datagrams()
    {
        byte[] good = Vectors.IcePapBytes("acknowledgement");
        var at = new IPEndPoint(IPAddress.Parse("10.0.0.7"), 12345);
        IcePapTraffic valid = new IcePapDatagram(good, at, Devices.Loopback, DateTimeOffset.UnixEpoch).ToTraffic();
        Assert.True(valid is { IsValid: true, Error: null, Packet.Command: IcePapCommand.UPDATE_CONFIG_ACK });
        Assert.Equal("00:0c:c6:69:13:2d: UPDATE_CONFIG_ACK", valid.ToString());
        Assert.Equal((Devices.Loopback.Name, at.Address, DateTimeOffset.UnixEpoch), (valid.Interface, valid.RemoteAddress, valid.Time));
        Assert.Same(good, valid.Raw);
        IcePapTraffic invalid = new IcePapDatagram(good[1..], at, Devices.Loopback, DateTimeOffset.UnixEpoch).ToTraffic();
        Assert.True(invalid is { IsValid: false, Packet: null });
        Assert.Equal($"10.0.0.7: {invalid.Error}", invalid.ToString());
    }

    private static IcePapPacket Request() =>
        IcePapPacket.ToGroup(RawPacket.Controller, (ushort)Random.Shared.Next(0x10000), IcePapCommand.REQUEST_CONFIG, null);

    private static async Task<IcePapDatagram> HearAsync(Controller controller, byte[] bytes)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Controller.Long);
        while (true)
        {
            if (await controller.Transport.ReceiveAsync(Controller.Long, limit.Token) is { } datagram && datagram.Bytes.SequenceEqual(bytes))
            {
                return datagram;
            }
        }
    }
}
