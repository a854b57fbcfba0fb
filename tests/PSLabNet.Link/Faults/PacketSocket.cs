using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PSLabNet.Link.Faults;

/// <summary>Opens a raw socket that receives and sends whole Ethernet frames on one interface.</summary>
internal static class PacketSocket
{
    private const int SolSocket = 1;
    private const int ReceiveBufferForce = 33;
    private const int SolPacket = 263;
    private const int IgnoreOutgoing = 23;
    private const int Statistics = 6;
    private const int BufferSize = 16 * 1024 * 1024;

    /// <summary>Opens the socket in the namespace of the present thread.</summary>
    /// <param name="index">Index of the interface.</param>
    /// <exception cref="SocketException">The system refuses.</exception>
    public static Socket Open(uint index)
    {
        // Without a protocol, nothing is received before the socket is bound to its interface.
        var socket = new Socket(AddressFamily.Packet, SocketType.Raw, ProtocolType.Unspecified);
        socket.SetRawSocketOption(SolSocket, ReceiveBufferForce, BitConverter.GetBytes(BufferSize));

        // Frames that the relay itself sends would return to it, and circulate forever.
        socket.SetRawSocketOption(SolPacket, IgnoreOutgoing, BitConverter.GetBytes(1));
        socket.Bind(new LinkLayerEndPoint(index));
        return socket;
    }

    /// <summary>Number of frames that the socket dropped because its buffer was full, since the last call.</summary>
    /// <param name="socket">The socket.</param>
    public static uint TakeOverruns(Socket socket)
    {
        var statistics = new byte[2 * sizeof(uint)];
        _ = socket.GetRawSocketOption(SolPacket, Statistics, statistics);
        return BitConverter.ToUInt32(statistics, sizeof(uint));
    }

    /// <summary>struct sockaddr_ll: all protocols of one interface.</summary>
    private sealed class LinkLayerEndPoint(uint index) : EndPoint
    {
        private const int Size = 20;
        private const ushort AllProtocols = 3;

        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Packet, Size);
            BinaryPrimitives.WriteUInt16BigEndian(address.Buffer.Span[2..], AllProtocols);
            BitConverter.TryWriteBytes(address.Buffer.Span[4..], index);
            return address;
        }
    }
}
