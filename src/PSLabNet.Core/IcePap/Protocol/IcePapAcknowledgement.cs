using System.Globalization;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The 4-byte payload by which a device answers UPDATE_CONFIG.</summary>
/// <param name="PacketNumber">Bytes 0 and 1, little endian: number of the packet that is answered.</param>
/// <param name="Code">Bytes 2 and 3, little endian: how the device took it.</param>
public sealed record IcePapAcknowledgement(ushort PacketNumber, IcePapAcknowledgementCode Code)
{
    /// <summary>Packet number and code in words.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} (0x{1:x4}) to packet {2}", Code, (ushort)Code, PacketNumber);
}
