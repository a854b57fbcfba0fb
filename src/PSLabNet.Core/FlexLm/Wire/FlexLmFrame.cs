using System;
using PSLabNet.Bytes;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// A frame of the new generation: 0 mark 2F, 1 check byte, 2 CRC-14, 4 length, 6 type, 8 time or token,
/// 12 eight bytes, 20 data; all integers big endian.
/// </summary>
internal sealed class FlexLmFrame
{
    public FlexLmFrame(FrameType type, uint time, byte[] data)
    {
        if (data.Length > WireConstants.MaxFrameLength - WireConstants.FrameHeaderLength)
        {
            throw new ArgumentOutOfRangeException(nameof(data), data.Length, "The length field of a frame has 16 bits.");
        }

        Type = type;
        Time = time;
        Data = data;
    }

    public FrameType Type { get; }

    /// <summary>Bytes 8..11: Unix time in requests; a token or the server's time in replies.</summary>
    public uint Time { get; }

    /// <summary>From byte 20 to the end.</summary>
    public byte[] Data { get; }

    /// <summary>The length field of a frame whose first six bytes are there.</summary>
    public static int ReadLength(byte[] bytes, int offset)
    {
        int length = ByteOrder.ReadUInt16Big(bytes, offset + WireConstants.LengthOffset);
        return length >= WireConstants.FrameHeaderLength
            ? length
            : throw new FlexLmProtocolException(
                FlexLmProtocolFault.Length,
                $"The length of a frame is given as {length}; it is at least {WireConstants.FrameHeaderLength}.");
    }

    public static FlexLmFrame Decode(byte[] bytes)
    {
        if (bytes.Length == 0 || bytes[0] != WireConstants.FrameMark)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.UnknownFirstByte, "A frame begins with 2F.");
        }

        var reader = new WireReader(bytes, 0, bytes.Length);
        reader.Skip(WireConstants.FrameHeaderLength);
        if (ReadLength(bytes, 0) != bytes.Length)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.Length, "The length of the frame is not the number of its bytes.");
        }

        byte check = CheckByteOf(bytes);
        if (bytes[WireConstants.CheckByteOffset] != check)
        {
            throw new FlexLmProtocolException(
                FlexLmProtocolFault.CheckByte,
                $"The check byte of a frame is {bytes[WireConstants.CheckByteOffset]:X2}; {check:X2} would be right.");
        }

        ushort crc = ByteOrder.ReadUInt16Big(bytes, WireConstants.CrcOffset);
        uint expected = CrcOf(bytes);
        if (crc != expected)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.Crc, $"The CRC of a frame is {crc:X4}; {expected:X4} would be right.");
        }

        var data = new byte[bytes.Length - WireConstants.FrameHeaderLength];
        Array.Copy(bytes, WireConstants.FrameHeaderLength, data, 0, data.Length);
        return new FlexLmFrame(
            (FrameType)ByteOrder.ReadUInt16Big(bytes, WireConstants.TypeOffset),
            ByteOrder.ReadUInt32Big(bytes, WireConstants.TimeOffset),
            data);
    }

    public byte[] Encode()
    {
        var bytes = new byte[WireConstants.FrameHeaderLength + Data.Length];
        bytes[0] = WireConstants.FrameMark;
        ByteOrder.WriteUInt16Big(bytes, WireConstants.LengthOffset, (ushort)bytes.Length);
        ByteOrder.WriteUInt16Big(bytes, WireConstants.TypeOffset, (ushort)Type);
        ByteOrder.WriteUInt32Big(bytes, WireConstants.TimeOffset, Time);
        Data.CopyTo(bytes, WireConstants.FrameHeaderLength);
        Seal(bytes);
        return bytes;
    }

    /// <summary>Writes CRC and check byte of a frame whose other bytes stand.</summary>
    public static void Seal(byte[] bytes)
    {
        ByteOrder.WriteUInt16Big(bytes, WireConstants.CrcOffset, (ushort)CrcOf(bytes));
        bytes[WireConstants.CheckByteOffset] = CheckByteOf(bytes);
    }

    private static uint CrcOf(byte[] bytes) =>
        ReflectedCrc.FlexLm14.Compute(bytes, WireConstants.LengthOffset, bytes.Length - WireConstants.LengthOffset);

    private static byte CheckByteOf(byte[] bytes) =>
        unchecked((byte)(bytes[0] + CheckByte.Sum(bytes, WireConstants.CrcOffset, WireConstants.FrameHeaderLength - WireConstants.CrcOffset)));
}
