using System;
using System.Collections.Generic;
using PSLabNet.Wire;

namespace PSLabNet.FlexLm.Wire;

/// <summary>Writes fields one after the other.</summary>
internal sealed class WireWriter
{
    private readonly List<byte> written = [];

    public WireWriter Byte(byte value)
    {
        written.Add(value);
        return this;
    }

    public WireWriter Bytes(params byte[] values)
    {
        written.AddRange(values);
        return this;
    }

    public WireWriter Zeros(int count) => Bytes(new byte[count]);

    public WireWriter UInt32(uint value)
    {
        var bytes = new byte[4];
        ByteOrder.WriteUInt32Big(bytes, 0, value);
        return Bytes(bytes);
    }

    public WireWriter UInt64(ulong value)
    {
        var bytes = new byte[8];
        ByteOrder.WriteUInt64Big(bytes, 0, value);
        return Bytes(bytes);
    }

    /// <summary>Text and a NUL. What follows a NUL inside the text would be another field, so it is cut there.</summary>
    public WireWriter Text(string text) => Bytes(WireText.Encode(UntilNul(text))).Byte(0);

    /// <summary>Text in a field of a fixed size, the rest NUL. Cut so that one NUL at least remains.</summary>
    public WireWriter PaddedText(string text, int size)
    {
        byte[] bytes = WireText.Encode(UntilNul(text));
        int length = Math.Min(bytes.Length, size - 1);
        written.AddRange(new ArraySegment<byte>(bytes, 0, length));
        return Zeros(size - length);
    }

    public byte[] ToArray() => written.ToArray();

    private static string UntilNul(string text)
    {
        int nul = text.IndexOf('\0');
        return nul < 0 ? text : text.Substring(0, nul);
    }
}
