using System.Collections.Generic;
using System.Net.Sockets;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>Receives a datagram together with the index of its interface (IP_PKTINFO).</summary>
internal class PacketReception
{
    /// <summary>Starts to receive a datagram.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="args">Receives the datagram.</param>
    /// <returns>False if the datagram is already there.</returns>
    public virtual bool ReceiveAsync(Socket socket, SocketAsyncEventArgs args) => socket.ReceiveMessageFromAsync(args);

    /// <summary>The system's index of the interface that received a datagram.</summary>
    /// <param name="args">The datagram.</param>
    /// <param name="joined">The interfaces on which the socket has joined the group.</param>
    public virtual int InterfaceIndexOf(SocketAsyncEventArgs args, IReadOnlyCollection<LocalInterface> joined) => args.ReceiveMessageFromPacketInfo.Interface;
}
