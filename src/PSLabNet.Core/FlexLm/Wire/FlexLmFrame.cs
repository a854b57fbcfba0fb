using System;
using System.Collections.Generic;
using PSLabNet.Bytes;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// A frame of the new generation: 0 mark 2F, 1 check byte, 2 CRC-14, 4 length (lower 16 bits), 6 type, 8 time or token,
/// 12 five bytes, 17 length (upper 8 bits), 18 flags, 20 data; all integers big endian.
/// </summary>
internal sealed class FlexLmFrame
{
    private const int BitsOfShortLength = 16;

    // Null if the data arrived in one frame, as nearly always.
    private readonly int[]? partLengths;

    public FlexLmFrame(FrameType type, uint time, byte[] data, FrameFlags flags = FrameFlags.None)
        : this(type, time, data, flags, null)
    {
        if (data.Length > WireConstants.MaxFrameLength - WireConstants.FrameHeaderLength)
        {
            throw new ArgumentOutOfRangeException(nameof(data), data.Length, "The length field of a frame has 24 bits.");
        }
    }

    private FlexLmFrame(FrameType type, uint time, byte[] data, FrameFlags flags, int[]? partLengths)
    {
        Type = type;
        Time = time;
        Data = data;
        Flags = flags;
        this.partLengths = partLengths;
    }

    public FrameType Type { get; }

    /// <summary>Bytes 8..11: Unix time in requests; a token, an id or the server's time in replies.</summary>
    public uint Time { get; }

    public FrameFlags Flags { get; }

    /// <summary>True if the sender announces more frames of this message.</summary>
    public bool HasMore => (Flags & FrameFlags.More) != 0;

    /// <summary>From byte 20 to the end; the data of all frames if several were joined.</summary>
    public byte[] Data { get; }

    /// <summary>Bytes of <see cref="Data"/> in each frame: one number, or several if frames were joined.</summary>
    public IReadOnlyList<int> PartLengths => partLengths ?? [Data.Length];

    /// <summary>The length of a frame whose header is complete.</summary>
    public static int ReadLength(byte[] bytes, int offset)
    {
        int length = (bytes[offset + WireConstants.LengthHighOffset] << BitsOfShortLength) | ReadShortLength(bytes, offset);
        return length >= WireConstants.FrameHeaderLength
            ? length
            : throw new FlexLmProtocolException(
                FlexLmProtocolFault.Length,
                $"The length of a frame is given as {length}; it is at least {WireConstants.FrameHeaderLength}.");
    }

    /// <summary>The length of a frame if byte 17 is not part of the length.</summary>
    public static int ReadShortLength(byte[] bytes, int offset) => ByteOrder.ReadUInt16Big(bytes, offset + WireConstants.LengthOffset);

    /// <summary>Checks the header alone, so that nothing waits for a wrong length.</summary>
    public static void CheckHeader(byte[] bytes, int offset)
    {
        byte check = CheckByteOf(bytes, offset);
        if (bytes[offset + WireConstants.CheckByteOffset] != check)
        {
            throw new FlexLmProtocolException(
                FlexLmProtocolFault.CheckByte,
                $"The check byte of a frame is {bytes[offset + WireConstants.CheckByteOffset]:X2}; {check:X2} would be right.");
        }
    }

    /// <summary>True if the CRC of a frame with this length is correct.</summary>
    public static bool IsCrcRight(byte[] bytes, int offset, int length) =>
        ByteOrder.ReadUInt16Big(bytes, offset + WireConstants.CrcOffset) == CrcOf(bytes, offset, length);

    public static FlexLmFrame Decode(byte[] bytes)
    {
        if (bytes.Length == 0 || bytes[0] != WireConstants.FrameMark)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.UnknownFirstByte, "A frame begins with 2F.");
        }

        var reader = new WireReader(bytes, 0, bytes.Length);
        reader.Skip(WireConstants.FrameHeaderLength);
        if (ReadLength(bytes, 0) != bytes.Length && ReadShortLength(bytes, 0) != bytes.Length)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.Length, "The length of the frame is not the number of its bytes.");
        }

        CheckHeader(bytes, 0);
        if (!IsCrcRight(bytes, 0, bytes.Length))
        {
            ushort crc = ByteOrder.ReadUInt16Big(bytes, WireConstants.CrcOffset);
            throw new FlexLmProtocolException(
                FlexLmProtocolFault.Crc, $"The CRC of a frame is {crc:X4}; {CrcOf(bytes, 0, bytes.Length):X4} would be right.");
        }

        var data = new byte[bytes.Length - WireConstants.FrameHeaderLength];
        Array.Copy(bytes, WireConstants.FrameHeaderLength, data, 0, data.Length);
        return new FlexLmFrame(
            (FrameType)ByteOrder.ReadUInt16Big(bytes, WireConstants.TypeOffset),
            ByteOrder.ReadUInt32Big(bytes, WireConstants.TimeOffset),
            data,
            (FrameFlags)ByteOrder.ReadUInt16Big(bytes, WireConstants.FlagsOffset));
    }

    /// <summary>Joins frames into one with all their data, in order, without a limit of size.</summary>
    public static FlexLmFrame Join(IReadOnlyList<FlexLmFrame> frames)
    {
        long length = 0;
        var lengths = new int[frames.Count];
        for (int index = 0; index < lengths.Length; index++)
        {
            lengths[index] = frames[index].Data.Length;
            length += lengths[index];
        }

        var data = new byte[length];
        int at = 0;
        foreach (FlexLmFrame frame in frames)
        {
            frame.Data.CopyTo(data, at);
            at += frame.Data.Length;
        }

        return new FlexLmFrame(frames[0].Type, frames[0].Time, data, frames[frames.Count - 1].Flags, lengths);
    }

    /// <summary>The frame with the first bytes of its data.</summary>
    public FlexLmFrame Shorten(int length)
    {
        var data = new byte[length];
        Array.Copy(Data, data, length);
        return new FlexLmFrame(Type, Time, data, Flags);
    }

    /// <summary>The same data in several frames. Each frame but the last says that more follow.</summary>
    /// <param name="size">Maximum number of data bytes in one frame.</param>
    public IReadOnlyList<FlexLmFrame> Split(int size)
    {
        var frames = new List<FlexLmFrame>();
        int at = 0;
        do
        {
            var part = new byte[Math.Min(size, Data.Length - at)];
            Array.Copy(Data, at, part, 0, part.Length);
            at += part.Length;
            frames.Add(new FlexLmFrame(Type, Time, part, at < Data.Length ? Flags | FrameFlags.More : Flags));
        }
        while (at < Data.Length);
        return frames;
    }

    public byte[] Encode()
    {
        var bytes = new byte[WireConstants.FrameHeaderLength + Data.Length];
        bytes[0] = WireConstants.FrameMark;
        ByteOrder.WriteUInt16Big(bytes, WireConstants.LengthOffset, unchecked((ushort)bytes.Length));
        ByteOrder.WriteUInt16Big(bytes, WireConstants.TypeOffset, (ushort)Type);
        ByteOrder.WriteUInt32Big(bytes, WireConstants.TimeOffset, Time);
        bytes[WireConstants.LengthHighOffset] = (byte)(bytes.Length >> BitsOfShortLength);
        ByteOrder.WriteUInt16Big(bytes, WireConstants.FlagsOffset, (ushort)Flags);
        Data.CopyTo(bytes, WireConstants.FrameHeaderLength);
        Seal(bytes);
        return bytes;
    }

    /// <summary>Writes the CRC and the check byte of a frame whose other bytes are complete.</summary>
    public static void Seal(byte[] bytes)
    {
        ByteOrder.WriteUInt16Big(bytes, WireConstants.CrcOffset, (ushort)CrcOf(bytes, 0, bytes.Length));
        bytes[WireConstants.CheckByteOffset] = CheckByteOf(bytes, 0);
    }

    private static uint CrcOf(byte[] bytes, int offset, int length) =>
        ReflectedCrc.FlexLm14.Compute(bytes, offset + WireConstants.LengthOffset, length - WireConstants.LengthOffset);

    private static byte CheckByteOf(byte[] bytes, int offset) => unchecked((byte)(bytes[offset]
        + CheckByte.Sum(bytes, offset + WireConstants.CrcOffset, WireConstants.FrameHeaderLength - WireConstants.CrcOffset)));
}
