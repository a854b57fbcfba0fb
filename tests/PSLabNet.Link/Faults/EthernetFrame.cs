using System;
using System.Buffers.Binary;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Link.Faults;

/// <summary>The fields of a frame that the relay needs.</summary>
internal static class EthernetFrame
{
    private const int HeaderSize = 14;
    private const ushort IPv4 = 0x0800;
    private const byte Udp = 17;

    /// <summary>Whether a frame is a datagram to the port of the IcePAP protocol.</summary>
    public static bool IsIcePap(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < HeaderSize + 20 || BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != IPv4 || frame[HeaderSize + 9] != Udp)
        {
            return false;
        }

        ReadOnlySpan<byte> datagram = frame[(HeaderSize + ((frame[HeaderSize] & 0x0F) * 4))..];
        return datagram.Length >= 8 && BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) == IcePapProtocol.Port;
    }
}
