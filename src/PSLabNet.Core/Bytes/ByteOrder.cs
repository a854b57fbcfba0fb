using System;

namespace PSLabNet.Bytes;

/// <summary>Reads and writes integers in the byte order of a protocol, on machines of either byte order.</summary>
/// <remarks>The caller checks the bounds: every codec does so once, when it reads the length.</remarks>
internal static class ByteOrder
{
    public static ushort ReadUInt16Little(byte[] bytes, int offset) => (ushort)(bytes[offset] | bytes[offset + 1] << 8);

    // A single load if the machine has the same byte order, because checksums read all their input with it.
    public static uint ReadUInt32Little(byte[] bytes, int offset) => BitConverter.IsLittleEndian
        ? BitConverter.ToUInt32(bytes, offset)
        : (uint)(bytes[offset] | bytes[offset + 1] << 8 | bytes[offset + 2] << 16 | bytes[offset + 3] << 24);

    public static ushort ReadUInt16Big(byte[] bytes, int offset) => (ushort)(bytes[offset] << 8 | bytes[offset + 1]);

    public static uint ReadUInt32Big(byte[] bytes, int offset) =>
        (uint)(bytes[offset] << 24 | bytes[offset + 1] << 16 | bytes[offset + 2] << 8 | bytes[offset + 3]);

    public static ulong ReadUInt64Big(byte[] bytes, int offset) =>
        (ulong)ReadUInt32Big(bytes, offset) << 32 | ReadUInt32Big(bytes, offset + 4);

    public static void WriteUInt16Little(byte[] bytes, int offset, ushort value)
    {
        bytes[offset] = unchecked((byte)value);
        bytes[offset + 1] = (byte)(value >> 8);
    }

    public static void WriteUInt32Little(byte[] bytes, int offset, uint value)
    {
        WriteUInt16Little(bytes, offset, unchecked((ushort)value));
        WriteUInt16Little(bytes, offset + 2, (ushort)(value >> 16));
    }

    public static void WriteUInt16Big(byte[] bytes, int offset, ushort value)
    {
        bytes[offset] = (byte)(value >> 8);
        bytes[offset + 1] = unchecked((byte)value);
    }

    public static void WriteUInt32Big(byte[] bytes, int offset, uint value)
    {
        WriteUInt16Big(bytes, offset, (ushort)(value >> 16));
        WriteUInt16Big(bytes, offset + 2, unchecked((ushort)value));
    }

    public static void WriteUInt64Big(byte[] bytes, int offset, ulong value)
    {
        WriteUInt32Big(bytes, offset, (uint)(value >> 32));
        WriteUInt32Big(bytes, offset + 4, unchecked((uint)value));
    }
}
