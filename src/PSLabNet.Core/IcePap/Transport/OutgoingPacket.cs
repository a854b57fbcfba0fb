using System;
using System.Collections.Generic;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.IcePap.Transport;

/// <summary>
/// The last check of a packet before it is sent. A malformed packet could crash a device, so the packet is checked here,
/// whatever the caller has checked.
/// </summary>
internal static class OutgoingPacket
{
    /// <summary>Checks a packet and encodes it.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="present">For an update, the device's present configuration; null if it is unknown.</param>
    /// <returns>The datagram.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="packet"/> is null.</exception>
    /// <exception cref="IcePapInvalidSettingsException">The packet does not follow the protocol, or holds settings that must not be sent.</exception>
    public static byte[] Encode(IcePapPacket packet, IcePapConfiguration? present)
    {
        ArgumentNullException.ThrowIfNull(packet);

        IReadOnlyList<string> problems = WhatIsWrong(packet, present);
        return problems.Count == 0
            ? IcePapPacketCodec.Encode(packet)
            : throw new IcePapInvalidSettingsException(packet.Destination.GetValueOrDefault(), problems);
    }

    private static IReadOnlyList<string> WhatIsWrong(IcePapPacket packet, IcePapConfiguration? present) => packet switch
    {
        { TargetCount: > 1 } => ["A packet is for the whole group or for one device."],
        { Command: IcePapCommand.REQUEST_CONFIG } => packet.PayloadSize == 0 ? [] : ["A request has no payload."],
        { IsBroadcast: true } => [$"{packet.Command} is addressed to one device; only REQUEST_CONFIG is for the whole group."],
        { Command: IcePapCommand.UPDATE_CONFIG, Payload: IcePapConfiguration other } when other.MacAddress != packet.Destination =>
            [$"The settings are those of {other.MacAddress}, not of {packet.Destination}; a device can't be given another address."],
        { Command: IcePapCommand.UPDATE_CONFIG, Payload: IcePapConfiguration settings } => IcePapConfigurationRules.Check(settings, present).Problems,
        { Command: IcePapCommand.UPDATE_CONFIG or IcePapCommand.SEND_CONFIG, Payload: not IcePapConfiguration } => [$"{packet.Command} carries a configuration."],
        { Command: IcePapCommand.UPDATE_CONFIG_ACK, Payload: not IcePapAcknowledgement } => [$"{packet.Command} carries an acknowledgement."],
        _ => [],
    };
}
