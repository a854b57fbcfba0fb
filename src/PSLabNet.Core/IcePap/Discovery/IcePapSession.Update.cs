using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;

namespace PSLabNet.IcePap.Discovery;

/// <content>Updates and their acknowledgements.</content>
internal sealed partial class IcePapSession
{
    /// <summary>How often an update is sent at most while its acknowledgement stays out.</summary>
    public const int MaxUpdateAttempts = 3;

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
            transport.Send(packet, update.Device.LocalInterface, update.Device.Configuration);
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
                transport.Send(packet, update.Device.LocalInterface, update.Device.Configuration);
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
}
