using System;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;

namespace PSLabNet.IcePap.Discovery;

/// <content>Sends updates and waits for their acknowledgements.</content>
internal sealed partial class IcePapSession
{
    /// <summary>Maximum number of times that an update is sent while no acknowledgement arrives.</summary>
    public const int MaxUpdateAttempts = 3;

    /// <summary>Sends settings to a device and waits for its acknowledgement. Sends again if none arrives.</summary>
    /// <param name="update">The settings. With the reboot flag this does not wait for an acknowledgement: the device sends none.</param>
    /// <param name="timeout">How long to wait for the acknowledgement, over all attempts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IcePapInvalidSettingsException">The settings must not be sent.</exception>
    /// <exception cref="IcePapNoAcknowledgementException">No acknowledgement arrived in time.</exception>
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

        (IcePapAcknowledgement? acknowledgement, int sent) = await AttemptAsync(
            MaxUpdateAttempts, timeout, Send, $"Settings could not be sent to {target}", datagram => TakeAcknowledgement(datagram, packet), cancellationToken).ConfigureAwait(false);
        if (acknowledgement is null)
        {
            throw new IcePapNoAcknowledgementException(target, sent);
        }

        if (acknowledgement.Code != IcePapAcknowledgementCode.OK)
        {
            throw new IcePapRejectedException(target, acknowledgement.Code);
        }

        log.Verbose($"{target} acknowledged packet {packet.PacketNumber}.");

        void Send(int attempt)
        {
            transport.Send(packet, update.Device.LocalInterface, update.Device.Configuration);
            log.Verbose($"Settings sent to {target} as packet {packet.PacketNumber}, attempt {attempt}.");
        }
    }

    // Any packet from the addressed MAC with the number of the sent packet is the acknowledgement. All other packets are
    // noise or spoofed.
    private IcePapAcknowledgement? TakeAcknowledgement(IcePapDatagram datagram, IcePapPacket sent)
    {
        if (Read(datagram) is not { Command: IcePapCommand.UPDATE_CONFIG_ACK, Payload: IcePapAcknowledgement acknowledgement } packet)
        {
            return null;
        }

        if (packet.Source == sent.Destination && acknowledgement.PacketNumber == sent.PacketNumber)
        {
            return acknowledgement;
        }

        log.Verbose($"An acknowledgement of {packet.Source} for packet {acknowledgement.PacketNumber} is not the one waited for.");
        return null;
    }
}
