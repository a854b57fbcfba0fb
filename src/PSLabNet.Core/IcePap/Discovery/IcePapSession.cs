using System;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Bytes;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;
using PSLabNet.Logging;

namespace PSLabNet.IcePap.Discovery;

/// <summary>
/// The controlling side of the protocol on one socket: requests configurations from the group, sends one to a device and
/// waits for its acknowledgement. One request at a time; not safe for use by several threads at once.
/// </summary>
internal sealed partial class IcePapSession
{
    private readonly IcePapTransport transport;
    private readonly ILabLog log;
    private ushort packetNumber = RandomPacketNumber();
    private bool hasSent;

    /// <summary>Uses a transport. The caller must dispose of it.</summary>
    /// <param name="transport">Where to send and to listen.</param>
    /// <param name="log">Receives what is sent and received.</param>
    public IcePapSession(IcePapTransport transport, ILabLog log)
    {
        this.transport = transport ?? throw new ArgumentNullException(nameof(transport));
        this.log = log ?? throw new ArgumentNullException(nameof(log));
    }

    /// <summary>Receives what is sent and received.</summary>
    internal ILabLog Log => log;

    /// <summary>Requests the configurations of the whole group, until the network is quiet or the caller has enough.</summary>
    /// <param name="timing">How long to listen and how often to repeat the request.</param>
    /// <param name="found">Receives each device once, at its first answer. Calls do not overlap.</param>
    /// <param name="isEnough">Called after each answer; true ends the search. Without it, the search ends only when the network is quiet.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The devices, each with its latest answer.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    public async Task<DeviceInventory> DiscoverAsync(IcePapTiming timing, Action<IcePapDevice> found, Func<bool>? isEnough, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);

        var inventory = new DeviceInventory(log);
        await ListenAsync(timing, IsNew, isEnough ?? (() => false), cancellationToken).ConfigureAwait(false);
        return inventory;

        bool IsNew(IcePapDevice answer)
        {
            if (!inventory.Add(answer))
            {
                return false;
            }

            found(answer);
            return true;
        }
    }

    /// <summary>Requests the configurations of the whole group and examines each answer when it arrives, including repeated ones.</summary>
    /// <param name="timing">How long to listen and how often to repeat the request.</param>
    /// <param name="isNew">Examines an answer; true restarts the quiet window, because more answers may arrive. Calls do not overlap.</param>
    /// <param name="isEnough">Called after each answer; true stops listening.</param>
    /// <param name="cancellationToken">Stops listening.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    internal async Task ListenAsync(IcePapTiming timing, Func<IcePapDevice, bool> isNew, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timing);

        var clock = Stopwatch.StartNew();
        var window = new IcePapQuietWindow(timing);
        var loss = new IcePapLoss();
        long askedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan now = clock.Elapsed;
            if (now > timing.AtMost)
            {
                log.Warning(FormattableString.Invariant($"The network does not fall quiet; listening ends after {timing.AtMost.TotalSeconds:0} s."));
                return;
            }

            window.Repetitions = loss.Repetitions(timing.Retry);
            if (window.IsRequestDue(now))
            {
                askedAt = Stopwatch.GetTimestamp();
                Ask();
                loss.Ask();
                window.Asked++;
            }

            if (window.IsOver(now))
            {
                return;
            }

            TimeSpan waitsFrom = clock.Elapsed;
            TimeSpan wait = window.UntilNext(waitsFrom);
            IcePapDatagram? datagram = await transport.ReceiveAsync(wait, cancellationToken).ConfigureAwait(false);
            TimeSpan waited = clock.Elapsed - waitsFrom;
            if (datagram is not null && TakeAnswer(datagram, askedAt) is { } device)
            {
                loss.Answer(device.MacAddress);
                window.BreakSilence(now);
                bool restarts = isNew(device);
                if (isEnough())
                {
                    return;
                }

                if (restarts)
                {
                    window.Restart(clock.Elapsed);
                    continue;
                }
            }

            window.Forgive(clock.Elapsed - now, waited < wait ? waited : wait);
        }
    }

    /// <summary>Adds late answers to an inventory without another request, for example from a second device with the same MAC address.</summary>
    /// <param name="inventory">The inventory of a search that ended early.</param>
    /// <param name="limit">How long to listen.</param>
    /// <param name="cancellationToken">Stops listening.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be received.</exception>
    internal Task AddLateAnswersAsync(DeviceInventory inventory, TimeSpan limit, CancellationToken cancellationToken)
    {
        long askedAt = Stopwatch.GetTimestamp();
        return AwaitAsync(limit, Add, cancellationToken);

        // Null: no answer ends the wait.
        IcePapDevice? Add(IcePapDatagram datagram)
        {
            if (TakeAnswer(datagram, askedAt) is { } device)
            {
                _ = inventory.Add(device);
            }

            return null;
        }
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    // Two programs that start at the same time use the same source address. Different packet numbers keep their
    // acknowledgements apart.
    private static ushort RandomPacketNumber()
    {
        var bytes = new byte[2];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return ByteOrder.ReadUInt16Little(bytes, 0);
    }

    // If an earlier request was sent, one that cannot be sent counts as lost: an interface may go down and up again. The
    // transport has already warned.
    private void Ask()
    {
        try
        {
            transport.Send(IcePapPacket.ToGroup(IcePapProtocol.ControllerAddress, NextPacketNumber(), IcePapCommand.REQUEST_CONFIG, null));
            hasSent = true;
        }
        catch (IcePapNetworkException e) when (hasSent)
        {
            log.Verbose($"A question is lost: {e.Message}");
        }
    }

    private ushort NextPacketNumber() => unchecked(packetNumber++);

    private IcePapDevice? TakeAnswer(IcePapDatagram datagram, long askedAt)
    {
        if (Read(datagram) is not { Command: IcePapCommand.SEND_CONFIG, Payload: IcePapConfiguration configuration } packet)
        {
            return null;
        }

        // An answer to the previous request may have waited in the queue.
        var responseTime = Positive(TimeSpan.FromTicks((long)((datagram.Timestamp - askedAt) * ((double)TimeSpan.TicksPerSecond / Stopwatch.Frequency))));
        return new IcePapDevice(packet.Source, configuration, datagram.Interface, datagram.RemoteEndPoint.Address, responseTime, datagram.ReceivedAt);
    }

    private IcePapPacket? Read(IcePapDatagram datagram)
    {
        if (LabLog.IsHeard(log))
        {
            log.Bytes($"Received from {datagram.RemoteEndPoint} on {datagram.Interface}", datagram.Bytes);
        }

        if (!IcePapPacketCodec.TryDecode(datagram.Bytes, out IcePapPacket? packet, out string? error))
        {
            log.Verbose($"A datagram from {datagram.RemoteEndPoint} on {datagram.Interface} is no packet. {error}");
            return null;
        }

        // Our own messages return by multicast loopback.
        return packet.Source == IcePapProtocol.ControllerAddress ? null : packet;
    }
}
