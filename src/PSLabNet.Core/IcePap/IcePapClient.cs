using System;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Wire;

namespace PSLabNet.IcePap;

/// <summary>
/// The controlling side of the protocol: asks the group for configurations, sends one to a device and waits for its
/// acknowledgement. One question at a time; not for use by several threads at once.
/// </summary>
public sealed class IcePapClient
{
    /// <summary>How often an update is sent at most while its acknowledgement stays out.</summary>
    public const int MaxUpdateAttempts = 3;

    private readonly IcePapTransport transport;
    private readonly IWireLog log;
    private ushort packetNumber = RandomPacketNumber();
    private bool hasSent;

    /// <summary>Uses a transport, which stays the caller's to dispose.</summary>
    /// <param name="transport">Where to send and to listen.</param>
    /// <param name="log">Hears what goes over the wire.</param>
    public IcePapClient(IcePapTransport transport, IWireLog log)
    {
        this.transport = transport ?? throw new ArgumentNullException(nameof(transport));
        this.log = log ?? throw new ArgumentNullException(nameof(log));
    }

    /// <summary>Asks the whole group for its configurations and hands over each answer as it comes, also the repeated ones.</summary>
    /// <param name="timing">How long to listen and how often to ask.</param>
    /// <param name="answered">Judges an answer; called for one at a time.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <returns>A task that ends when the network is quiet or the verdict was <see cref="IcePapVerdict.Enough"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    public async Task DiscoverAsync(IcePapTiming timing, Func<IcePapDevice, IcePapVerdict> answered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timing);

        ArgumentNullException.ThrowIfNull(answered);

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
            if (window.IsQuestionDue(now))
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
                IcePapVerdict verdict = answered(device);
                if (verdict == IcePapVerdict.Enough)
                {
                    return;
                }

                if (verdict == IcePapVerdict.New)
                {
                    window.Restart(clock.Elapsed);
                    continue;
                }
            }

            window.Forgive(clock.Elapsed - now, waited < wait ? waited : wait);
        }
    }

    /// <summary>Sends settings to a device and waits for its acknowledgement, sending again while it stays out.</summary>
    /// <param name="update">The settings. With the reboot flag no acknowledgement is waited for: the device sends none.</param>
    /// <param name="timeout">How long to wait for the acknowledgement, over all attempts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IcePapInvalidSettingsException">The settings must not be sent.</exception>
    /// <exception cref="IcePapNoAcknowledgementException">None came in time.</exception>
    /// <exception cref="IcePapRejectedException">The device acknowledged with an error.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task UpdateAsync(IcePapPlannedUpdate update, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);

        cancellationToken.ThrowIfCancellationRequested();
        MacAddress target = update.Device.MacAddress;
        var packet = IcePapPacket.ToDevice(IcePapProtocol.ControllerAddress, target, NextPacketNumber(), IcePapCommand.UPDATE_CONFIG, update.Configuration);
        if (update.Reboots)
        {
            transport.Send(packet, update.Device.LocalInterface);
            log.Verbose($"{target} was told to reboot; it acknowledges nothing.");
            return;
        }

        var attemptTime = TimeSpan.FromTicks(timeout.Ticks / MaxUpdateAttempts);
        IcePapNetworkException? unsent = null;
        int sent = 0;
        for (int attempt = 1; attempt <= MaxUpdateAttempts; attempt++)
        {
            try
            {
                transport.Send(packet, update.Device.LocalInterface);
                sent++;
                log.Verbose($"Settings sent to {target} as packet {packet.PacketNumber}, attempt {attempt}.");
            }
            catch (IcePapNetworkException e)
            {
                // The interface may be up again at the next attempt; an acknowledgement of an earlier one may still come.
                unsent = e;
                log.Verbose($"Settings could not be sent to {target}, attempt {attempt}: {e.Message}");
            }

            IcePapAcknowledgement? acknowledgement = await AwaitAcknowledgementAsync(target, packet.PacketNumber, attemptTime, cancellationToken).ConfigureAwait(false);
            if (acknowledgement is { Code: not IcePapAcknowledgementCode.OK })
            {
                throw new IcePapRejectedException(target, acknowledgement.Code);
            }

            if (acknowledgement is not null)
            {
                log.Verbose($"{target} acknowledged packet {packet.PacketNumber}.");
                return;
            }
        }

        if (sent == 0 && unsent is not null)
        {
            throw unsent;
        }

        throw new IcePapNoAcknowledgementException(target, sent);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    // Two programs that start at the same time use the same source address: other numbers keep their
    // acknowledgements apart.
    private static ushort RandomPacketNumber()
    {
        var bytes = new byte[2];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return ByteOrder.ReadUInt16Little(bytes, 0);
    }

    // A question that can't be sent, after one that could, is a question that was lost: an interface may go down and up
    // again. The transport has warned of it.
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

    // Anything from the MAC that was addressed and with the number of the packet is the acknowledgement; all else is
    // noise or a spoof.
    private async Task<IcePapAcknowledgement?> AwaitAcknowledgementAsync(MacAddress target, ushort number, TimeSpan limit, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < limit)
        {
            IcePapDatagram? datagram = await transport.ReceiveAsync(Positive(limit - clock.Elapsed), cancellationToken).ConfigureAwait(false);
            if (datagram is null)
            {
                break;
            }

            if (Read(datagram) is { Command: IcePapCommand.UPDATE_CONFIG_ACK, Payload: IcePapAcknowledgement acknowledgement } packet)
            {
                if (packet.Source == target && acknowledgement.PacketNumber == number)
                {
                    return acknowledgement;
                }

                log.Verbose($"An acknowledgement of {packet.Source} for packet {acknowledgement.PacketNumber} is not the one waited for.");
            }
        }

        return null;
    }

    private IcePapDevice? TakeAnswer(IcePapDatagram datagram, long askedAt)
    {
        if (Read(datagram) is not { Command: IcePapCommand.SEND_CONFIG, Payload: IcePapConfiguration configuration } packet)
        {
            return null;
        }

        // An answer to the question before this one may have waited in the queue since.
        var responseTime = Positive(TimeSpan.FromTicks((long)((datagram.Timestamp - askedAt) * ((double)TimeSpan.TicksPerSecond / Stopwatch.Frequency))));
        return new IcePapDevice(packet.Source, configuration, datagram.Interface, datagram.RemoteEndPoint.Address, responseTime, datagram.ReceivedAt);
    }

    private IcePapPacket? Read(IcePapDatagram datagram)
    {
        if (WireLog.IsHeard(log))
        {
            log.Bytes($"Received from {datagram.RemoteEndPoint} on {datagram.Interface}", datagram.Bytes);
        }

        if (!IcePapPacketCodec.TryDecode(datagram.Bytes, out IcePapPacket? packet, out string? error))
        {
            log.Verbose($"A datagram from {datagram.RemoteEndPoint} on {datagram.Interface} is no packet. {error}");
            return null;
        }

        // Our own messages come back by multicast loopback.
        return packet.Source == IcePapProtocol.ControllerAddress ? null : packet;
    }
}
