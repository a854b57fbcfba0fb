using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PSLabNet.Bytes;

namespace PSLabNet.IcePap.Protocol;

/// <summary>Converts between bytes and packets, with pure functions. The byte order of the header is decided only here.</summary>
public static class IcePapPacketCodec
{
    /// <summary>Decodes a datagram.</summary>
    /// <param name="datagram">The bytes.</param>
    /// <returns>The packet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="datagram"/> is null.</exception>
    /// <exception cref="IcePapPacketException">The bytes are not a packet.</exception>
    public static IcePapPacket Decode(byte[] datagram)
    {
        ArgumentNullException.ThrowIfNull(datagram);

        return TryDecode(datagram, out IcePapPacket? packet, out string? error) ? packet : throw new IcePapPacketException(error);
    }

    /// <summary>Decodes a datagram. It throws no exception for bytes that anybody on the network may send.</summary>
    /// <param name="datagram">The bytes.</param>
    /// <param name="packet">The packet, or null.</param>
    /// <param name="error">The reason why the bytes are not a packet, or null.</param>
    /// <returns>False if the bytes are not a packet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="datagram"/> is null.</exception>
    public static bool TryDecode(byte[] datagram, [NotNullWhen(true)] out IcePapPacket? packet, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(datagram);

        packet = null;
        error = WhatIsWrong(datagram, out int payloadOffset);
        if (error is not null)
        {
            return false;
        }

        int targetCount = ByteOrder.ReadUInt16Little(datagram, IcePapProtocol.TargetCountOffset);
        MacAddress? destination = targetCount == 0 ? null : MacAddress.ReadFrom(datagram, IcePapProtocol.HeaderSize);
        var command = (IcePapCommand)ByteOrder.ReadUInt16Little(datagram, IcePapProtocol.CommandOffset);
        packet = new IcePapPacket(
            MacAddress.ReadFrom(datagram, IcePapProtocol.SourceOffset),
            destination,
            targetCount > 1 ? DecodeTargets(datagram, targetCount) : null,
            ByteOrder.ReadUInt16Little(datagram, IcePapProtocol.PacketNumberOffset),
            command,
            DecodePayload(datagram, payloadOffset, command),
            ByteOrder.ReadUInt32Little(datagram, datagram.Length - IcePapProtocol.ChecksumSize));
        return true;
    }

    /// <summary>Encodes a packet. A broadcast has no destination field (18 bytes without a payload).</summary>
    /// <param name="packet">The packet.</param>
    /// <returns>The datagram.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="packet"/> is null.</exception>
    public static byte[] Encode(IcePapPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);

        int payloadOffset = IcePapProtocol.HeaderSize + packet.TargetCount * MacAddress.Size;
        int checksumOffset = payloadOffset + packet.PayloadSize;
        var bytes = new byte[checksumOffset + IcePapProtocol.ChecksumSize];
        packet.Source.CopyTo(bytes, IcePapProtocol.SourceOffset);
        ByteOrder.WriteUInt16Little(bytes, IcePapProtocol.TargetCountOffset, packet.TargetCount);
        ByteOrder.WriteUInt16Little(bytes, IcePapProtocol.PacketNumberOffset, packet.PacketNumber);
        ByteOrder.WriteUInt16Little(bytes, IcePapProtocol.CommandOffset, (ushort)packet.Command);
        ByteOrder.WriteUInt16Little(bytes, IcePapProtocol.PayloadSizeOffset, (ushort)packet.PayloadSize);
        EncodeTargets(packet, bytes);
        EncodePayload(packet.Payload, bytes, payloadOffset);
        ByteOrder.WriteUInt32Little(bytes, checksumOffset, Crc32.Compute(bytes, 0, checksumOffset));
        return bytes;
    }

    /// <summary>The checksum of the encoded packet.</summary>
    internal static uint ChecksumOf(IcePapPacket packet)
    {
        byte[] bytes = Encode(packet);
        return ByteOrder.ReadUInt32Little(bytes, bytes.Length - IcePapProtocol.ChecksumSize);
    }

    // Lengths that the sender claims are checked against the received bytes only here.
    private static string? WhatIsWrong(byte[] datagram, out int payloadOffset)
    {
        payloadOffset = IcePapProtocol.HeaderSize;
        if (datagram.Length < IcePapProtocol.MinPacketSize)
        {
            return Text("{0} bytes are too few: the smallest packet has {1}.", datagram.Length, IcePapProtocol.MinPacketSize);
        }

        if (datagram.Length > IcePapProtocol.MaxPacketSize)
        {
            return Text("{0} bytes are too many: the largest packet has {1}.", datagram.Length, IcePapProtocol.MaxPacketSize);
        }

        int targetCount = ByteOrder.ReadUInt16Little(datagram, IcePapProtocol.TargetCountOffset);
        int payloadSize = ByteOrder.ReadUInt16Little(datagram, IcePapProtocol.PayloadSizeOffset);
        int between = datagram.Length - IcePapProtocol.HeaderSize - payloadSize - IcePapProtocol.ChecksumSize;
        int destinationSize = targetCount * MacAddress.Size;

        // The published description of the protocol shows a broadcast with a destination of one zero byte.
        // No captured packet has it, but a reader accepts it.
        if (targetCount == 0 && between == 1 && datagram[IcePapProtocol.HeaderSize] == 0)
        {
            destinationSize = 1;
        }

        payloadOffset += destinationSize;
        if (between != destinationSize)
        {
            return Text(
                "The size is wrong: a packet to {0} with a payload of {1} bytes has {2} bytes, not {3}.",
                targetCount switch { 0 => "the group", 1 => "a device", _ => Text("{0} devices", targetCount) },
                payloadSize,
                IcePapProtocol.HeaderSize + destinationSize + payloadSize + IcePapProtocol.ChecksumSize,
                datagram.Length);
        }

        if (payloadSize > IcePapProtocol.MaxPayloadSize)
        {
            return Text("A payload of {0} bytes is too large: the largest has {1}.", payloadSize, IcePapProtocol.MaxPayloadSize);
        }

        int checksumOffset = datagram.Length - IcePapProtocol.ChecksumSize;
        uint said = ByteOrder.ReadUInt32Little(datagram, checksumOffset);
        uint computed = Crc32.Compute(datagram, 0, checksumOffset);
        return said == computed ? null : Text("The checksum is wrong: 0x{0:x8} is said, 0x{1:x8} computed.", said, computed);
    }

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);

    private static MacAddress[] DecodeTargets(byte[] datagram, int count)
    {
        var targets = new MacAddress[count];
        for (int at = 0; at < count; at++)
        {
            targets[at] = MacAddress.ReadFrom(datagram, IcePapProtocol.HeaderSize + at * MacAddress.Size);
        }

        return targets;
    }

    private static void EncodeTargets(IcePapPacket packet, byte[] bytes)
    {
        if (packet.TargetCount <= 1)
        {
            packet.Destination?.CopyTo(bytes, IcePapProtocol.HeaderSize);
            return;
        }

        for (int at = 0; at < packet.TargetCount; at++)
        {
            packet.Destinations[at].CopyTo(bytes, IcePapProtocol.HeaderSize + at * MacAddress.Size);
        }
    }

    private static object DecodePayload(byte[] datagram, int offset, IcePapCommand command)
    {
        int size = datagram.Length - IcePapProtocol.ChecksumSize - offset;
        bool carriesData = command is IcePapCommand.SEND_RAW_DATA or IcePapCommand.SEND_FIRMWARE_DATA
            or IcePapCommand.WRITE_FIRMWARE or IcePapCommand.SEND_ASC_DATA;
        if (size == IcePapProtocol.ConfigurationSize && !carriesData)
        {
            return IcePapConfiguration.ReadFrom(datagram, offset);
        }

        if (size == IcePapProtocol.AcknowledgementSize && !carriesData)
        {
            return new IcePapAcknowledgement(
                ByteOrder.ReadUInt16Little(datagram, offset + IcePapProtocol.AcknowledgedPacketOffset),
                (IcePapAcknowledgementCode)ByteOrder.ReadUInt16Little(datagram, offset + IcePapProtocol.AcknowledgementCodeOffset));
        }

        if (size == 0)
        {
            return Array.Empty<byte>();
        }

        var bytes = new byte[size];
        Buffer.BlockCopy(datagram, offset, bytes, 0, size);
        return bytes;
    }

    private static void EncodePayload(object payload, byte[] bytes, int offset)
    {
        switch (payload)
        {
            case IcePapConfiguration configuration:
                configuration.CopyTo(bytes, offset);
                break;
            case IcePapAcknowledgement acknowledgement:
                ByteOrder.WriteUInt16Little(bytes, offset + IcePapProtocol.AcknowledgedPacketOffset, acknowledgement.PacketNumber);
                ByteOrder.WriteUInt16Little(bytes, offset + IcePapProtocol.AcknowledgementCodeOffset, (ushort)acknowledgement.Code);
                break;
            case byte[] data:
                Buffer.BlockCopy(data, 0, bytes, offset, data.Length);
                break;
        }
    }
}
