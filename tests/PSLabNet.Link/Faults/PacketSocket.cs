using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PSLabNet.Link.Faults;

/// <summary>Opens a raw socket that gets and sends whole Ethernet frames of one interface.</summary>
internal static class PacketSocket
{
    private const int SolSocket = 1;
    private const int ReceiveBufferForce = 33;
    private const int SolPacket = 263;
    private const int IgnoreOutgoing = 23;
    private const int Statistics = 6;
    private const int BufferSize = 16 * 1024 * 1024;

    /// <summary>Opens it in the namespace that the thread is in.</summary>
    /// <param name="index">Number of the interface.</param>
    /// <exception cref="SocketException">The system refuses.</exception>
    public static Socket Open(uint index)
    {
        // Without a protocol nothing is heard before the socket is bound to its interface.
        var socket = new Socket(AddressFamily.Packet, SocketType.Raw, ProtocolType.Unspecified);
        socket.SetRawSocketOption(SolSocket, ReceiveBufferForce, BitConverter.GetBytes(BufferSize));

        // Frames that the relay itself sends would come back to it, and go round and round.
        socket.SetRawSocketOption(SolPacket, IgnoreOutgoing, BitConverter.GetBytes(1));
        socket.Bind(new LinkLayerEndPoint(index));
        return socket;
    }

    /// <summary>Frames that the socket had no room for since this was last asked.</summary>
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
