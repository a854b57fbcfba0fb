using System;
using System.Net;
using System.Net.Sockets;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Benchmarks.Discovery;

/// <summary>A member of the group on loopback with only a socket: the bound for the speed of discovery.</summary>
internal sealed class BareGroup : IDisposable
{
    // The same size that the transport requests.
    private const int ReceiveBufferSize = 16 * 1024 * 1024;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IPEndPoint group = new(IcePapProtocol.Group, IcePapProtocol.Port);
    private readonly byte[] buffer = new byte[IcePapProtocol.MaxPacketSize];

    public BareGroup(TimeSpan silence)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.ReceiveBufferSize = ReceiveBufferSize;
        socket.Bind(new IPEndPoint(IPAddress.Any, IcePapProtocol.Port));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(IcePapProtocol.Group, IPAddress.Loopback));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, IcePapProtocol.TimeToLive);
        socket.ReceiveTimeout = (int)silence.TotalMilliseconds;
    }

    public void Send(byte[] datagram) => socket.SendTo(datagram, group);

    /// <summary>The next datagram; empty if none arrived in time.</summary>
    public ReadOnlySpan<byte> Receive()
    {
        try
        {
            return buffer.AsSpan(0, socket.Receive(buffer));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return default;
        }
    }

    public void Dispose() => socket.Dispose();
}
