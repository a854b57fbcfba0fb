using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>
/// Sends to the multicast group and hears all of it, on as many interfaces as were named. One socket: the system tells
/// for each datagram which interface it came in on. A loop of its own receives and only queues, so that ten thousand
/// answers at once are not lost while the first is being looked at.
/// </summary>
internal sealed class IcePapTransport : IDisposable
{
    // Linux grants at most twice net.core.rmem_max, other systems the whole; asking for more than granted is no error. Linux
    // counts 832 bytes for an answer of 80: without asking, the buffer holds 256 of them, with 8 MiB granted 10,000.
    private const int ReceiveBufferSize = 16 * 1024 * 1024;

    // A datagram is at most 64 KiB; a packet of the protocol 1048 bytes. Together about 70 MiB under a flood.
    private const int QueueCapacity = 65536;
    private const int MaxDatagramSize = 65536;

    // After so many errors in a row the socket is taken for dead. Windows reports ICMP messages as single errors.
    private const int MaxReceiveErrors = 64;

    private static readonly IPEndPoint GroupEndPoint = new(IcePapProtocol.Group, IcePapProtocol.Port);

    private readonly Socket socket;
    private readonly ILabLog log;
    private readonly Dictionary<int, LocalInterface> joined = [];
    private readonly HashSet<int> silenced = [];
    private readonly ReceiveQueue<IcePapDatagram> queue = new(QueueCapacity);
    private readonly object sending = new();
    private LocalInterface? sendsOn;
    private volatile bool disposed;

    private IcePapTransport(Socket socket, ILabLog log)
    {
        this.socket = socket;
        this.log = log;
    }

    /// <summary>The interfaces on which the group was joined.</summary>
    public IReadOnlyCollection<LocalInterface> Interfaces => joined.Values;

    /// <summary>Datagrams that were dropped because nobody took them from the queue.</summary>
    public long Dropped => queue.Dropped;

    /// <summary>
    /// The interfaces that can take part: those that are up, have an IPv4 address and take multicast, and always loopback,
    /// where the simulators are.
    /// </summary>
    /// <exception cref="System.Net.NetworkInformation.NetworkInformationException">The system does not tell.</exception>
    public static IReadOnlyList<LocalInterface> GetUsableInterfaces() =>
        [.. LocalInterface.GetAll().Where(local => local.IsUp && local.TakesMulticast)];

    /// <summary>Joins the group. An interface that can't is left out with a warning, as long as one can.</summary>
    /// <param name="interfaces">Where to send and to listen.</param>
    /// <param name="log">Hears of interfaces that fail, and of every datagram.</param>
    /// <exception cref="IcePapNetworkException">No interface can, or another program has the port for itself.</exception>
    public static IcePapTransport Open(IReadOnlyCollection<LocalInterface> interfaces, ILabLog log)
    {
        ArgumentNullException.ThrowIfNull(interfaces);

        ArgumentNullException.ThrowIfNull(log);

        if (interfaces.Count == 0)
        {
            throw new IcePapNetworkException(
                "There is no network to use: no interface is up, has an IPv4 address and takes multicast. Connect one, or name one with its name or address.", null);
        }

        var transport = new IcePapTransport(NewSocket(), log);
        try
        {
            transport.Bind();
            transport.Join(interfaces);
        }
        catch
        {
            transport.Dispose();
            throw;
        }

        _ = Task.Run(transport.StartReceiving);
        return transport;
    }

    /// <summary>Sends a packet on every interface. One that fails is warned of, once, and the others go on.</summary>
    /// <param name="packet">The packet.</param>
    /// <exception cref="IcePapInvalidSettingsException">The packet is not as the protocol has it, or holds settings that must not be sent.</exception>
    /// <exception cref="IcePapNetworkException">It could be sent on no interface.</exception>
    public void Send(IcePapPacket packet)
    {
        byte[] bytes = EncodeForWire(packet);
        SocketException? last = null;
        int sent = 0;
        foreach (LocalInterface local in joined.Values)
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
            throw new IcePapNetworkException($"Nothing could be sent on {string.Join(", ", joined.Values)}: {last?.Message}", last);
        }
    }

    /// <summary>Sends a packet on one interface.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="local">The interface, one of those that were joined.</param>
    /// <exception cref="IcePapInvalidSettingsException">The packet is not as the protocol has it, or holds settings that must not be sent.</exception>
    /// <exception cref="IcePapNetworkException">It could not be sent.</exception>
    public void Send(IcePapPacket packet, LocalInterface local)
    {
        byte[] bytes = EncodeForWire(packet);
        try
        {
            SendOn(local ?? throw new ArgumentNullException(nameof(local)), packet, bytes);
        }
        catch (SocketException e)
        {
            throw new IcePapNetworkException($"Nothing could be sent on {local}: {e.Message}", e);
        }
    }

    /// <summary>The next datagram, from whomever: own packets come back too, and anybody can speak.</summary>
    /// <param name="limit">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if none came in time.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IcePapNetworkException">The socket is dead.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed, before or while waiting.</exception>
    public Task<IcePapDatagram?> ReceiveAsync(TimeSpan limit, CancellationToken cancellationToken) => queue.DequeueAsync(limit, cancellationToken);

    /// <summary>Leaves the group and closes the socket.</summary>
    public void Dispose()
    {
        disposed = true;
        socket.Dispose();
        queue.Fail(new ObjectDisposedException(nameof(IcePapTransport)));
    }

    private static Socket NewSocket()
    {
        try
        {
            return new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        }
        catch (SocketException e)
        {
            throw new IcePapNetworkException($"The system gives no socket: {e.Message}", e);
        }
    }

    private void Bind()
    {
        // Several programs of a host may listen at once, and a second one of ours.
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

    private void Join(IReadOnlyCollection<LocalInterface> interfaces)
    {
        SocketException? last = null;
        foreach (LocalInterface local in interfaces.Where(local => !joined.ContainsKey(local.Index)))
        {
            try
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(IcePapProtocol.Group, local.Address));
                joined[local.Index] = local;
                log.Verbose($"Listening to {GroupEndPoint} on {local}.");
            }
            catch (SocketException e)
            {
                last = e;
                log.Warning($"Interface {local} is left out, the group can't be joined there: {e.Message}");
            }
        }

        if (joined.Count == 0)
        {
            throw new IcePapNetworkException($"The group {IcePapProtocol.Group} can be joined on no interface ({string.Join(", ", interfaces)}): {last?.Message}", last);
        }
    }

    // Nothing leaves that a device could stumble over: whatever the caller did, it is checked where it is sent.
    private static byte[] EncodeForWire(IcePapPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);

        IReadOnlyList<string> problems = packet switch
        {
            { TargetCount: > 1 } => ["A packet is for the whole group or for one device."],
            { Command: IcePapCommand.REQUEST_CONFIG } => packet.PayloadSize == 0 ? [] : ["A request carries nothing."],
            { IsBroadcast: true } => [$"{packet.Command} is addressed to one device; only REQUEST_CONFIG is for the whole group."],
            { Command: IcePapCommand.UPDATE_CONFIG, Payload: IcePapConfiguration other } when other.MacAddress != packet.Destination =>
                [$"The settings are those of {other.MacAddress}, not of {packet.Destination}; a device can't be given another address."],
            { Command: IcePapCommand.UPDATE_CONFIG, Payload: IcePapConfiguration wanted } => IcePapConfigurationRules.Check(wanted),
            { Command: IcePapCommand.UPDATE_CONFIG or IcePapCommand.SEND_CONFIG, Payload: not IcePapConfiguration } => [$"{packet.Command} carries a configuration."],
            { Command: IcePapCommand.UPDATE_CONFIG_ACK, Payload: not IcePapAcknowledgement } => [$"{packet.Command} carries an acknowledgement."],
            _ => [],
        };
        if (problems.Count > 0)
        {
            throw new IcePapInvalidSettingsException(packet.Destination.GetValueOrDefault(), problems);
        }

        return IcePapPacketCodec.Encode(packet);
    }

    // Sending a datagram does not wait for anybody; it is done at once so that the choice of interface and the
    // sending can't be parted by another sender.
    private void SendOn(LocalInterface local, IcePapPacket packet, byte[] bytes)
    {
        lock (sending)
        {
            if (!ReferenceEquals(sendsOn, local))
            {
                sendsOn = null;
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, local.Address.GetAddressBytes());
                sendsOn = local;
            }

            socket.SendTo(bytes, GroupEndPoint);
        }

        if (LabLog.IsHeard(log))
        {
            log.Bytes($"Sent {packet.Command} {packet.PacketNumber} to {packet.Destination?.ToString() ?? "all"} on {local}", bytes);
        }
    }

    private void Warn(LocalInterface local, SocketException e)
    {
        lock (sending)
        {
            if (!silenced.Add(local.Index))
            {
                return;
            }
        }

        log.Warning($"Nothing can be sent on {local}: {e.Message}");
    }

    private void StartReceiving()
    {
        var args = new SocketAsyncEventArgs();
        args.SetBuffer(new byte[MaxDatagramSize], 0, MaxDatagramSize);
        var loop = new ReceiveLoop(this, args);
        args.Completed += (_, _) => loop.Continue();
        loop.Run();
    }

    /// <summary>Receives without a pause as long as datagrams are there, and waits without a thread when none is.</summary>
    private sealed class ReceiveLoop(IcePapTransport transport, SocketAsyncEventArgs args)
    {
        private int errors;
        private bool isInterfaceTold = true;

        public void Run()
        {
            try
            {
                do
                {
                    args.RemoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
                    if (Receive())
                    {
                        return;
                    }
                }
                while (Take());
            }
            catch (ObjectDisposedException)
            {
                // Disposed between two datagrams: the end of the loop.
            }
            catch (Exception e)
            {
                // Nobody awaits this loop. What it can't go on after is told to whoever waits for a datagram.
                transport.FailReceiving(e);
            }

            args.Dispose();
        }

        public void Continue()
        {
            if (Take())
            {
                Run();
            }
            else
            {
                args.Dispose();
            }
        }

        // Mono has the names of .NET Framework's class library, but not all of its sockets.
        private bool Receive()
        {
            try
            {
                if (isInterfaceTold)
                {
                    return transport.socket.ReceiveMessageFromAsync(args);
                }
            }
            catch (NotImplementedException)
            {
                isInterfaceTold = false;
            }

            return transport.socket.ReceiveFromAsync(args);
        }

        private LocalInterface? FindInterface(IPAddress sender)
        {
            if (isInterfaceTold)
            {
                return transport.joined.TryGetValue(args.ReceiveMessageFromPacketInfo.Interface, out LocalInterface? local) ? local : null;
            }

            // The best guess: the network that the sender is in, or the only one that there is.
            return transport.joined.Values.FirstOrDefault(local => local.Subnet.Contains(sender))
                ?? (transport.joined.Count == 1 ? transport.joined.Values.First() : null);
        }

        private bool Take()
        {
            if (transport.disposed || args.SocketError is SocketError.OperationAborted or SocketError.Interrupted)
            {
                return false;
            }

            if (args.SocketError == SocketError.Success)
            {
                errors = 0;
                var sender = (IPEndPoint)args.RemoteEndPoint!;

                // On Linux a socket hears the group on every interface that any program of the host has joined.
                if (FindInterface(sender.Address) is { } local)
                {
                    var bytes = new byte[args.BytesTransferred];
                    Buffer.BlockCopy(args.Buffer!, 0, bytes, 0, bytes.Length);
                    transport.queue.Enqueue(new IcePapDatagram(bytes, sender, local, DateTimeOffset.Now));
                }

                return true;
            }

            if (++errors < MaxReceiveErrors)
            {
                return true;
            }

            transport.FailReceiving(new SocketException((int)args.SocketError));
            return false;
        }
    }

    private void FailReceiving(Exception e) => queue.Fail(new IcePapNetworkException($"Nothing can be received any more: {e.Message}", e));
}
