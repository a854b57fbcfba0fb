using System.Globalization;
using PSLabNet.Bytes;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Wire;

/// <summary>Reads fields one after the other. A peer's bytes are checked against their end only here.</summary>
internal sealed class WireReader
{
    private readonly byte[] bytes;
    private readonly int end;
    private int at;

    public WireReader(byte[] bytes, int offset, int end)
    {
        this.bytes = bytes;
        this.end = end;
        at = offset;
        Need(0);
    }

    public int Remaining => end - at;

    public byte ReadByte() => bytes[Take(1)];

    public ushort ReadUInt16() => ByteOrder.ReadUInt16Big(bytes, Take(2));

    public uint ReadUInt32() => ByteOrder.ReadUInt32Big(bytes, Take(4));

    public ulong ReadUInt64() => ByteOrder.ReadUInt64Big(bytes, Take(8));

    public void Skip(int count) => Take(count);

    /// <summary>Reads text up to the next NUL, which is consumed too, or up to the end.</summary>
    public string ReadText()
    {
        int length = IndexOf(0);
        string text = Utf8OrLatin1.Decode(bytes, at, length);
        at += length < Remaining ? length + 1 : length;
        return text;
    }

    /// <summary>Reads text up to a required NUL.</summary>
    public string ReadEndedText()
    {
        if (IndexOf(0) == Remaining)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.Truncated, "A text field has no end.");
        }

        return ReadText();
    }

    /// <summary>Reads text in a field of fixed size, padded with NUL.</summary>
    public string ReadPaddedText(int size)
    {
        var field = new WireReader(bytes, at, at + Need(size));
        at += size;
        return field.ReadText();
    }

    /// <summary>Reads a decimal number in ASCII, ended by NUL or by the end; empty fields before it are skipped.</summary>
    public long ReadNumber()
    {
        string text = ReadText();
        while (text.Length == 0 && Remaining > 0)
        {
            text = ReadText();
        }

        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FlexLmProtocolException(FlexLmProtocolFault.Malformed, $"\"{PrintableText.Escape(text)}\" is not a number.");
    }

    /// <summary>Returns a reader of the bytes up to the first one that equals the mark; the mark is consumed too.</summary>
    public WireReader SplitAt(byte mark)
    {
        int length = IndexOf(mark);
        if (length == Remaining)
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.Truncated, $"The byte {mark:X2} that ends the text fields is missing.");
        }

        var part = new WireReader(bytes, at, at + length);
        at += length + 1;
        return part;
    }

    public bool IsRestZero()
    {
        for (int index = at; index < end; index++)
        {
            if (bytes[index] != 0)
            {
                return false;
            }
        }

        return true;
    }

    private int IndexOf(byte value)
    {
        int length = 0;
        while (at + length < end && bytes[at + length] != value)
        {
            length++;
        }

        return length;
    }

    private int Need(int count)
    {
        if (count < 0 || end > bytes.Length || count > end - at)
        {
            throw new FlexLmProtocolException(
                FlexLmProtocolFault.Truncated,
                $"A field of {count} bytes at offset {at} goes past the end ({end}).");
        }

        return count;
    }

    private int Take(int count)
    {
        int start = at;
        at += Need(count);
        return start;
    }
}
