using System;
using PSLabNet.Bytes;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Wire;

/// <summary>Writes fields one after the other.</summary>
internal sealed class WireWriter
{
    // Nearly every message is shorter. A longer one doubles the buffer.
    private const int FirstSize = 160;

    private byte[] written = new byte[FirstSize];
    private int count;

    public WireWriter Byte(byte value)
    {
        // Reserve the space first: this may replace the array.
        int at = Take(1);
        written[at] = value;
        return this;
    }

    public WireWriter Bytes(params byte[] values)
    {
        int at = Take(values.Length);
        Buffer.BlockCopy(values, 0, written, at, values.Length);
        return this;
    }

    public WireWriter Zeros(int zeros)
    {
        Take(zeros);
        return this;
    }

    public WireWriter UInt32(uint value)
    {
        int at = Take(4);
        ByteOrder.WriteUInt32Big(written, at, value);
        return this;
    }

    public WireWriter UInt64(ulong value)
    {
        int at = Take(8);
        ByteOrder.WriteUInt64Big(written, at, value);
        return this;
    }

    /// <summary>Writes text and a NUL. The text is cut at a NUL, because the rest would be read as another field.</summary>
    public WireWriter Text(string text)
    {
        text = UntilNul(text);
        int length = Utf8OrLatin1.Encoding.GetByteCount(text);
        int at = Take(length + 1);
        Utf8OrLatin1.Encoding.GetBytes(text, 0, text.Length, written, at);
        return this;
    }

    /// <summary>Writes text in a field of a fixed size, padded with NUL. The text is cut so that at least one NUL remains.</summary>
    public WireWriter PaddedText(string text, int size)
    {
        byte[] bytes = Utf8OrLatin1.Encode(UntilNul(text));
        int at = Take(size);
        Buffer.BlockCopy(bytes, 0, written, at, Math.Min(bytes.Length, size - 1));
        return this;
    }

    public byte[] ToArray()
    {
        var bytes = new byte[count];
        Buffer.BlockCopy(written, 0, bytes, 0, count);
        return bytes;
    }

    private static string UntilNul(string text)
    {
        int nul = text.IndexOf('\0');
        return nul < 0 ? text : text.Substring(0, nul);
    }

    // The reserved bytes are zero until they are written.
    private int Take(int size)
    {
        if (written.Length - count < size)
        {
            Array.Resize(ref written, Math.Max(count + size, written.Length * 2));
        }

        int at = count;
        count += size;
        return at;
    }
}
