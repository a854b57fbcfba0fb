using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>
/// A socket in the multicast group, on one or several interfaces. The index identifies an interface, because two interfaces
/// can have the same address.
/// </summary>
internal sealed class GroupSocket : IDisposable
{
    // Linux grants at most twice net.core.rmem_max; other systems grant the full size. A larger request is not an error.
    // Linux counts 832 bytes for an answer of 80 bytes: the default buffer holds 256 answers, a buffer of 8 MiB holds
    // 10,000.
    private const int ReceiveBufferSize = 16 * 1024 * 1024;

    private readonly Socket socket;
    private readonly Dictionary<int, LocalInterface> joined = [];
    private readonly object sending = new();
    private LocalInterface? sendsOn;
    private volatile bool isDisposed;

    private GroupSocket(Socket socket) => this.socket = socket;

    /// <summary>Receives a datagram and its interface. Tests replace it to simulate a runtime whose sockets do not report the interface.</summary>
    internal static PacketReception Reception { get; set; } = new();

    /// <summary>Multicast group and port of all requests and replies.</summary>
    public static IPEndPoint Group { get; } = new(IcePapProtocol.Group, IcePapProtocol.Port);

    /// <summary>The interfaces on which this socket has joined the group.</summary>
    public IReadOnlyCollection<LocalInterface> Interfaces => joined.Values;

    /// <summary>Whether the socket is closed.</summary>
    public bool IsDisposed => isDisposed;

    /// <summary>Opens a socket on the port of the group. It has not yet joined the group.</summary>
    /// <exception cref="IcePapNetworkException">The system cannot create a socket, or another program has exclusive use of the port.</exception>
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
    /// <exception cref="SocketException">
    /// The interface cannot join. NoBufferSpaceAvailable means that this socket can join on no more interfaces.
    /// </exception>
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

    /// <summary>The joined interface that received a datagram.</summary>
    /// <param name="args">The datagram.</param>
    /// <returns>Null if this socket has not joined on that interface.</returns>
    public LocalInterface? FindInterface(SocketAsyncEventArgs args) =>
        joined.TryGetValue(Reception.InterfaceIndexOf(args, joined.Values), out LocalInterface? local) ? local : null;

    /// <summary>Sends a datagram to the group. It does not wait for a receiver.</summary>
    /// <param name="bytes">The datagram.</param>
    /// <param name="local">The interface to send on.</param>
    /// <exception cref="SocketException">The datagram cannot be sent on this interface.</exception>
    public void Send(byte[] bytes, LocalInterface local)
    {
        // One lock for both steps: another sender between them would send on the wrong interface.
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

    /// <summary>Starts to receive a datagram.</summary>
    /// <param name="args">Receives the datagram.</param>
    /// <returns>False if the datagram is already there.</returns>
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
        // Apple's systems accept only an address here. On loopback, Linux finds no source address that is valid outside this
        // machine: if the index selected the interface, packets would have the source 0.0.0.0.
        if (local.IsLoopback || RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, local.Address.GetAddressBytes());
            return;
        }

        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(local.Index));
    }

    private void Bind()
    {
        // Several programs on a host may listen at the same time, and so may several of our sockets.
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
