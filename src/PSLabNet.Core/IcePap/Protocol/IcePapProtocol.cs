using System.Net;

namespace PSLabNet.IcePap.Protocol;

/// <summary>The constants of the IPAssign protocol, checked against icepap-ipassign 2.2.0 and packets of real devices.</summary>
public static class IcePapProtocol
{
    /// <summary>Destination UDP port of requests and replies.</summary>
    public const int Port = 12345;

    /// <summary>Multicast group of requests and replies, 225.0.0.37.</summary>
    public static IPAddress Group { get; } = new(new byte[] { 225, 0, 0, 37 });

    /// <summary>Source address that the controlling program always uses: 00:D1:5E:A5:ED:00 ("IPAssign").</summary>
    public static MacAddress ControllerAddress { get; } = MacAddress.Parse("00:d1:5e:a5:ed:00");

    /// <summary>Time to live of sent packets. The traffic stays on the local segment.</summary>
    internal const int TimeToLive = 1;

    /// <summary>Bytes before the destination: source, target count, packet number, command, payload size.</summary>
    internal const int HeaderSize = 14;

    /// <summary>Bytes of the CRC-32 that ends a packet.</summary>
    internal const int ChecksumSize = 4;

    /// <summary>Bytes of the smallest packet: a broadcast without payload.</summary>
    internal const int MinPacketSize = HeaderSize + ChecksumSize;

    /// <summary>Largest payload in bytes.</summary>
    internal const int MaxPayloadSize = 1024;

    /// <summary>Bytes of the largest packet.</summary>
    internal const int MaxPacketSize = HeaderSize + MacAddress.Size + MaxPayloadSize + ChecksumSize;

    /// <summary>Bytes of a configuration payload.</summary>
    internal const int ConfigurationSize = 56;

    /// <summary>Bytes of an acknowledgement payload.</summary>
    internal const int AcknowledgementSize = 4;

    /// <summary>Maximum length of a hostname in characters. Such a name fills its field and has no NUL at its end.</summary>
    internal const int MaxHostnameLength = 24;

    // Offsets in the header; all integers are little endian.
    internal const int SourceOffset = 0;
    internal const int TargetCountOffset = 6;
    internal const int PacketNumberOffset = 8;
    internal const int CommandOffset = 10;
    internal const int PayloadSizeOffset = 12;

    // Offsets in a configuration payload. Addresses are in dotted order, flags are little endian.
    internal const int DeviceIdOffset = 0;
    internal const int IPAddressOffset = 6;
    internal const int BroadcastOffset = 10;
    internal const int NetmaskOffset = 14;
    internal const int GatewayOffset = 18;
    internal const int MacAddressOffset = 22;
    internal const int FlagsOffset = 28;
    internal const int HostnameOffset = 32;

    // Offsets in an acknowledgement payload, little endian.
    internal const int AcknowledgedPacketOffset = 0;
    internal const int AcknowledgementCodeOffset = 2;
}
