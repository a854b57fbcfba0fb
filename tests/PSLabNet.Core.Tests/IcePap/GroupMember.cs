using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap;

/// <summary>A plain socket in the group on loopback, without any code of the product.</summary>
internal sealed class GroupMember : IDisposable
{
    private static readonly IPEndPoint Group = new(IPAddress.Parse("225.0.0.37"), 12345);

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public GroupMember()
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.ReceiveBufferSize = 4 * 1024 * 1024;
        socket.Bind(new IPEndPoint(IPAddress.Any, Group.Port));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group.Address, IPAddress.Loopback));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 1);
    }

    public void Send(byte[] datagram) => socket.SendTo(datagram, Group);

    public async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        int length = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, cancellationToken);
        return buffer[..length];
    }

    /// <summary>Receives until a condition holds. Traffic of other senders does not count.</summary>
    public async Task<byte[]> ReceiveAsync(Func<byte[], bool> isWanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            byte[] datagram = await ReceiveAsync(limit.Token);
            if (isWanted(datagram))
            {
                return datagram;
            }
        }
    }

    /// <summary>All matching datagrams sent before this call. The method sends a marker to know when it has read them all.</summary>
    public async Task<IReadOnlyList<byte[]>> DrainAsync(Func<byte[], bool> isWanted)
    {
        byte[] mark = Guid.NewGuid().ToByteArray();
        Send(mark);
        var heard = new List<byte[]>();
        await ReceiveAsync(datagram =>
        {
            if (isWanted(datagram))
            {
                heard.Add(datagram);
            }

            return datagram.AsSpan().SequenceEqual(mark);
        });
        return heard;
    }

    public void Dispose() => socket.Dispose();
}

/// <summary>A device that answers with the test's bytes.</summary>
internal sealed class RawDevice : IAsyncDisposable
{
    private readonly GroupMember member = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Func<IcePapPacket, IEnumerable<byte[]>> answer;
    private readonly Task loop;

    public RawDevice(MacAddress address, Func<IcePapPacket, IEnumerable<byte[]>> answer)
    {
        Address = address;
        this.answer = answer;
        loop = Task.Run(ListenAsync);
    }

    public MacAddress Address { get; }

    /// <summary>Updates that were addressed to the device.</summary>
    public ConcurrentQueue<IcePapPacket> Updates { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        member.Dispose();
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                byte[] datagram = await member.ReceiveAsync(stop.Token);
                if (IcePapPacketCodec.TryDecode(datagram, out IcePapPacket? packet, out _)
                    && packet.Source == RawPacket.Controller && (packet.Destination is null || packet.Destination == Address))
                {
                    Hear(packet);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private void Hear(IcePapPacket packet)
    {
        if (packet.Command == IcePapCommand.UPDATE_CONFIG)
        {
            Updates.Enqueue(packet);
        }

        foreach (byte[] datagram in answer(packet))
        {
            member.Send(datagram);
        }
    }
}
