using System;
using System.Globalization;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The 4-byte payload of a device's answer to UPDATE_CONFIG.</summary>
public sealed class IcePapAcknowledgement : IEquatable<IcePapAcknowledgement>
{
    /// <summary>Creates an acknowledgement.</summary>
    /// <param name="packetNumber">Bytes 0 and 1, little endian: number of the packet that it answers.</param>
    /// <param name="code">Bytes 2 and 3, little endian: the device's result.</param>
    public IcePapAcknowledgement(ushort packetNumber, IcePapAcknowledgementCode code)
    {
        PacketNumber = packetNumber;
        Code = code;
    }

    /// <summary>Bytes 0 and 1, little endian: number of the packet that it answers.</summary>
    public ushort PacketNumber { get; }

    /// <summary>Bytes 2 and 3, little endian: the device's result.</summary>
    public IcePapAcknowledgementCode Code { get; }

    /// <inheritdoc/>
    public bool Equals(IcePapAcknowledgement? other) => other is not null && PacketNumber == other.PacketNumber && Code == other.Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IcePapAcknowledgement);

    /// <inheritdoc/>
    public override int GetHashCode() => (PacketNumber << 16) | (ushort)Code;

    /// <summary>Packet number and code in words.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} (0x{1:x4}) to packet {2}", Code, (ushort)Code, PacketNumber);
}
