using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>
/// Sends to the multicast group and receives all its traffic, on any number of interfaces. The system reports the interface
/// that received each datagram. One socket is enough, unless there are more interfaces than one socket can join on.
/// </summary>
internal sealed class IcePapTransport : IDisposable
{
    // At most 64 MiB for datagrams that are not consumed yet: 48 MiB here, the rest for the objects waiting in a pipeline.
    private const long MaxQueuedBytes = 48L * 1024 * 1024;
    private const int MaxQueuedDatagrams = 65536;

    // Bytes for the endpoint, address, array and record of a datagram, in addition to its content.
    private const int DatagramOverhead = 256;

    private readonly ILabLog log;
    private readonly List<GroupSocket> sockets = [];
    private readonly HashSet<int> silenced = [];
    private readonly ReceiveQueue<IcePapDatagram> queue;

    private IcePapTransport(ILabLog log, QueueOverflow overflow)
    {
        this.log = log;
        queue = new ReceiveQueue<IcePapDatagram>(MaxQueuedDatagrams, MaxQueuedBytes, datagram => datagram.Bytes.Length + DatagramOverhead, overflow);
    }

    /// <summary>The interfaces that joined the group.</summary>
    public IReadOnlyCollection<LocalInterface> Interfaces => [.. sockets.SelectMany(socket => socket.Interfaces)];

    /// <summary>The joined interfaces on which sending has not failed.</summary>
    public IReadOnlyCollection<LocalInterface> SendingInterfaces
    {
        get
        {
            lock (silenced)
            {
                return [.. Interfaces.Where(local => !silenced.Contains(local.Index))];
            }
        }
    }

    /// <summary>Number of datagrams that were dropped because nobody consumed them from the queue.</summary>
    public long Dropped => queue.Dropped;

    /// <summary>
    /// The interfaces that can take part: those that are up, have an IPv4 address and support multicast. Loopback is always
    /// included, because the simulators run there.
    /// </summary>
    /// <exception cref="System.Net.NetworkInformation.NetworkInformationException">The system cannot list its interfaces.</exception>
    public static IReadOnlyList<LocalInterface> GetUsableInterfaces() =>
        [.. LocalInterface.GetAll().Where(local => local.IsUp && local.TakesMulticast)];

    /// <summary>Joins the group. An interface that cannot join is skipped with a warning, if at least one other can.</summary>
    /// <param name="interfaces">Where to send and to listen.</param>
    /// <param name="log">Receives a warning for each interface that fails, and every datagram.</param>
    /// <param name="overflow">What is dropped if datagrams arrive faster than they are consumed.</param>
    /// <exception cref="IcePapNetworkException">No interface can join, or another program has exclusive use of the port.</exception>
    public static IcePapTransport Open(IReadOnlyCollection<LocalInterface> interfaces, ILabLog log, QueueOverflow overflow = QueueOverflow.DropNewest)
    {
        ArgumentNullException.ThrowIfNull(interfaces);

        ArgumentNullException.ThrowIfNull(log);

        if (interfaces.Count == 0)
        {
            throw new IcePapNetworkException(
                "There is no network to use: no interface is up, has an IPv4 address and takes multicast. Connect one, or name one with its name or address.", null);
        }

        var transport = new IcePapTransport(log, overflow);
        try
        {
            transport.Join(interfaces);
        }
        catch
        {
            transport.Dispose();
            throw;
        }

        transport.sockets.ForEach(socket => ReceiveLoop.Start(socket, transport.queue));
        return transport;
    }

    /// <summary>Sends a packet on every interface. An interface that fails causes one warning; the others still send.</summary>
    /// <param name="packet">The packet.</param>
    /// <exception cref="IcePapInvalidSettingsException">The packet does not follow the protocol, or holds settings that must not be sent.</exception>
    /// <exception cref="IcePapNetworkException">The packet could not be sent on any interface.</exception>
    public void Send(IcePapPacket packet)
    {
        byte[] bytes = OutgoingPacket.Encode(packet, null);
        SocketException? last = null;
        int sent = 0;
        foreach (LocalInterface local in Interfaces)
        {
            try
            {
                SendOn(local, packet, bytes);
                sent++;
            }
            catch (SocketException e)
            {
                last = e;
                Warn(local, e);
            }
        }

        if (sent == 0)
        {
            throw new IcePapNetworkException($"Nothing could be sent on {string.Join(", ", Interfaces)}: {last?.Message}", last);
        }
    }

    /// <summary>Sends a packet on one interface.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="local">The interface, one of the joined interfaces.</param>
    /// <param name="present">
    /// For an update, the device's present configuration: values that do not change are not rejected. Null if it is unknown.
    /// </param>
    /// <exception cref="IcePapInvalidSettingsException">The packet does not follow the protocol, or holds settings that must not be sent.</exception>
    /// <exception cref="IcePapNetworkException">The packet could not be sent.</exception>
    public void Send(IcePapPacket packet, LocalInterface local, IcePapConfiguration? present = null)
    {
        byte[] bytes = OutgoingPacket.Encode(packet, present);
        try
        {
            SendOn(local ?? throw new ArgumentNullException(nameof(local)), packet, bytes);
        }
        catch (SocketException e)
        {
            throw new IcePapNetworkException($"Nothing could be sent on {local}: {e.Message}", e);
        }
    }

    /// <summary>Returns the next datagram from any sender. Our own packets arrive too, and any host can send to the group.</summary>
    /// <param name="limit">Maximum time to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if no datagram arrived in time.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IcePapNetworkException">The socket has failed.</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed, before or during the wait.</exception>
    public Task<IcePapDatagram?> ReceiveAsync(TimeSpan limit, CancellationToken cancellationToken) => queue.DequeueAsync(limit, cancellationToken);

    /// <summary>Leaves the group and closes the sockets.</summary>
    public void Dispose()
    {
        sockets.ForEach(socket => socket.Dispose());
        queue.Fail(new ObjectDisposedException(nameof(IcePapTransport)));
    }

    private void Join(IReadOnlyCollection<LocalInterface> interfaces)
    {
        sockets.Add(GroupSocket.Open());
        SocketException? last = null;
        foreach (IGrouping<int, LocalInterface> sameInterface in interfaces.GroupBy(local => local.Index))
        {
            LocalInterface local = sameInterface.First();
            try
            {
                JoinOn(local);
                log.Verbose($"Listening to {GroupSocket.Group} on {local}.");
            }
            catch (SocketException e)
            {
                last = e;
                log.Warning($"Interface {local} is left out, the group can't be joined there: {e.Message}");
            }
        }

        if (Interfaces.Count == 0)
        {
            throw new IcePapNetworkException($"The group {IcePapProtocol.Group} can be joined on no interface ({string.Join(", ", interfaces)}): {last?.Message}", last);
        }
    }

    // Linux lets a socket join on 20 interfaces (net.ipv4.igmp_max_memberships); another socket joins on the next ones.
    private void JoinOn(LocalInterface local)
    {
        GroupSocket socket = sockets[sockets.Count - 1];
        try
        {
            socket.Join(local);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.NoBufferSpaceAvailable && socket.Interfaces.Count > 0)
        {
            sockets.Add(GroupSocket.Open());
            sockets[sockets.Count - 1].Join(local);
        }
    }

    private void SendOn(LocalInterface local, IcePapPacket packet, byte[] bytes)
    {
        (sockets.Find(socket => socket.HasJoined(local)) ?? sockets[0]).Send(bytes, local);
        if (LabLog.IsHeard(log))
        {
            log.Bytes($"Sent {packet.Command} {packet.PacketNumber} to {packet.Destination?.ToString() ?? "all"} on {local}", bytes);
        }
    }

    private void Warn(LocalInterface local, SocketException e)
    {
        lock (silenced)
        {
            if (!silenced.Add(local.Index))
            {
                return;
            }
        }

        log.Warning($"Nothing can be sent on {local}: {e.Message}");
    }
}
