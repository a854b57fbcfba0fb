using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>
/// A socket in the multicast group, on one or several interfaces. Interfaces are named by their index, since two of them can
/// have the same address.
/// </summary>
internal sealed class GroupSocket : IDisposable
{
    // Linux grants at most twice net.core.rmem_max, other systems the whole; asking for more than granted is no error. Linux
    // counts 832 bytes for an answer of 80: without asking, the buffer holds 256 of them, with 8 MiB granted 10,000.
    private const int ReceiveBufferSize = 16 * 1024 * 1024;

    private readonly Socket socket;
    private readonly Dictionary<int, LocalInterface> joined = [];
    private readonly object sending = new();
    private LocalInterface? sendsOn;
    private volatile bool isDisposed;

    private GroupSocket(Socket socket) => this.socket = socket;

    /// <summary>How a datagram and its interface are received. The tests put another way here for a runtime whose sockets do not tell the interface.</summary>
    internal static PacketReception Reception { get; set; } = new();

    /// <summary>Group and port of all requests and replies.</summary>
    public static IPEndPoint Group { get; } = new(IcePapProtocol.Group, IcePapProtocol.Port);

    /// <summary>The interfaces on which this socket has joined the group.</summary>
    public IReadOnlyCollection<LocalInterface> Interfaces => joined.Values;

    /// <summary>Whether the socket was closed.</summary>
    public bool IsDisposed => isDisposed;

    /// <summary>Opens a socket on the port of the group. It has not joined the group yet.</summary>
    /// <exception cref="IcePapNetworkException">The system gives no socket, or another program has the port for itself.</exception>
    public static GroupSocket Open()
    {
        GroupSocket opened;
        try
        {
            opened = new GroupSocket(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        }
        catch (SocketException e)
        {
            throw new IcePapNetworkException($"The system gives no socket: {e.Message}", e);
        }

        try
        {
            opened.Bind();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Joins the group on an interface.</summary>
    /// <param name="local">The interface.</param>
    /// <exception cref="SocketException">The interface can't join; with NoBufferSpaceAvailable, this socket can join on no more interfaces.</exception>
    public void Join(LocalInterface local)
    {
        // By its index, since two interfaces may have one address. Loopback has one of its own, and Wine takes nothing but addresses:
        // there the module is tested as a Windows program.
        MulticastOption membership = local.IsLoopback ? new(IcePapProtocol.Group, local.Address) : new(IcePapProtocol.Group, local.Index);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, membership);
        joined[local.Index] = local;
    }

    /// <summary>Whether the socket has joined the group on an interface.</summary>
    /// <param name="local">The interface.</param>
    public bool HasJoined(LocalInterface local) => joined.ContainsKey(local.Index);

    /// <summary>The joined interface on which a datagram came in.</summary>
    /// <param name="args">The datagram.</param>
    /// <returns>Null if this socket has not joined there.</returns>
    public LocalInterface? FindInterface(SocketAsyncEventArgs args) =>
        joined.TryGetValue(Reception.InterfaceIndexOf(args, joined.Values), out LocalInterface? local) ? local : null;

    /// <summary>Sends a datagram to the group. This does not wait for anybody.</summary>
    /// <param name="bytes">The datagram.</param>
    /// <param name="local">The interface to send on.</param>
    /// <exception cref="SocketException">It can't be sent there.</exception>
    public void Send(byte[] bytes, LocalInterface local)
    {
        // One lock for both steps: another sender in between would send on the wrong interface.
        lock (sending)
        {
            if (!ReferenceEquals(sendsOn, local))
            {
                sendsOn = null;
                SendOn(local);
                sendsOn = local;
            }

            socket.SendTo(bytes, Group);
        }
    }

    /// <summary>Begins to receive a datagram.</summary>
    /// <param name="args">Where it goes.</param>
    /// <returns>False if it is there already.</returns>
    /// <exception cref="ObjectDisposedException">The socket was closed.</exception>
    public bool ReceiveAsync(SocketAsyncEventArgs args) => Reception.ReceiveAsync(socket, args);

    /// <summary>Leaves the group and closes the socket.</summary>
    public void Dispose()
    {
        isDisposed = true;
        socket.Dispose();
    }

    private void SendOn(LocalInterface local)
    {
        // Apple's systems take an address here and nothing else. And of loopback, Linux knows no source address that is valid
        // beyond this machine: named by its index, packets would come from 0.0.0.0.
        if (local.IsLoopback || RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, local.Address.GetAddressBytes());
            return;
        }

        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(local.Index));
    }

    private void Bind()
    {
        // Several programs of a host may listen at once, and several sockets of ours.
        socket.ExclusiveAddressUse = false;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.ReceiveBufferSize = ReceiveBufferSize;
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, IcePapProtocol.Port));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            IReadOnlyList<string> owners = UdpPortOwner.Find(IcePapProtocol.Port);
            string by = owners.Count == 0 ? "another program (this account may not see which)" : string.Join(", ", owners);
            throw new IcePapNetworkException(
                $"UDP port {IcePapProtocol.Port} is taken by {by}, which does not share it. End that program, or start it so that it shares the port; devices answer to no other.", e);
        }

        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, IcePapProtocol.TimeToLive);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation, true);
    }
}
