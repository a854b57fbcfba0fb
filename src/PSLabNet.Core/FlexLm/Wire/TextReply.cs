using System;
using System.Collections.Generic;
using PSLabNet.Bytes;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Wire;

/// <summary>Whether the length in a text message is the length of its text.</summary>
internal enum TextLength
{
    Agrees,
    Differs,
}

/// <summary>
/// Text, frame 0x0146: 8 time, 20 length of the text (32 bits), 24 text. Only bytes 22 and 23 are known to be the length.
/// The 32 bits are inferred; if only the 16 bits fit the text, they are used. Text in several frames has the length in the
/// first frame only, or in each: the reading that fits the length counts.
/// </summary>
internal sealed class TextReply
{
    /// <summary>Maximum number of text bytes in a frame if its length has 16 bits.</summary>
    public const int Capacity = WireConstants.MaxShortFrameLength - WireConstants.FrameHeaderLength - WireConstants.TextHeaderLength;

    private string? text;

    private TextReply(byte[] content, string? reading, IReadOnlyList<int> seams)
    {
        Content = WithoutNuls(content);
        Reading = reading;
        Seams = seams;
    }

    /// <summary>The bytes of the text, without NULs at the end.</summary>
    public byte[] Content { get; }

    /// <summary>Description of how the length was read; null if no reading fits the text.</summary>
    public string? Reading { get; }

    public TextLength Length => Reading is null ? TextLength.Differs : TextLength.Agrees;

    /// <summary>Positions in <see cref="Content"/> where frames are joined and nothing proves that they belong together.</summary>
    public IReadOnlyList<int> Seams { get; }

    public string Text => text ??= Utf8OrLatin1.Decode(Content, 0, Content.Length);

    public static byte[] Encode(uint time, byte[] text, uint length) => ToFrame(time, text, length).Encode();

    public static FlexLmFrame ToFrame(uint time, byte[] text, uint length) =>
        new(FrameType.Text, time, new WireWriter().UInt32(length).Bytes(text).ToArray());

    public static TextReply Decode(FlexLmFrame frame)
    {
        // A frame that is too short for the length is malformed.
        new WireReader(frame.Data, 0, frame.Data.Length).Skip(WireConstants.TextHeaderLength);
        byte[] joined = Slice(frame.Data, WireConstants.TextHeaderLength, frame.Data.Length);
        if (frame.PartLengths.Count == 1)
        {
            return new TextReply(joined, Compare(frame.Data, joined), []);
        }

        byte[]? each = JoinEach(frame, out bool isEachRight);
        if (each is not null && isEachRight)
        {
            return new TextReply(each, "in each frame", []);
        }

        if (Compare(frame.Data, joined) is { } first)
        {
            return new TextReply(joined, first + " in the first frame", []);
        }

        return each is not null && Compare(frame.Data, each) is { } all
            ? new TextReply(each, all + " in the first frame, repeated in the others", [])
            : new TextReply(joined, null, FindSeams(frame.PartLengths));
    }

    /// <summary>The bytes of a text without the NULs at its end.</summary>
    public static byte[] WithoutNuls(byte[] content)
    {
        int count = CountWithoutNuls(content);
        return count == content.Length ? content : Slice(content, 0, count);
    }

    private static List<int> FindSeams(IReadOnlyList<int> parts)
    {
        var seams = new List<int>();
        int seam = -WireConstants.TextHeaderLength;
        for (int index = 0; index + 1 < parts.Count; index++)
        {
            seam += parts[index];
            seams.Add(Math.Max(seam, 0));
        }

        return seams;
    }

    // The text if each frame has a length of its own; null if a frame is too short for one.
    private static byte[]? JoinEach(FlexLmFrame frame, out bool isEachRight)
    {
        var content = new List<byte>(frame.Data.Length);
        isEachRight = true;
        int at = 0;
        foreach (int length in frame.PartLengths)
        {
            if (length < WireConstants.TextHeaderLength)
            {
                return null;
            }

            // No text begins with NULs, so 32 bits that fit are a length.
            byte[] part = Slice(frame.Data, at + WireConstants.TextHeaderLength, at + length);
            isEachRight = isEachRight && IsBetween(ByteOrder.ReadUInt32Big(frame.Data, at), part);
            content.AddRange(part);
            at += length;
        }

        return [.. content];
    }

    // What of the first four bytes is the length of the text; null if nothing is.
    private static string? Compare(byte[] data, byte[] content)
    {
        if (IsBetween(ByteOrder.ReadUInt32Big(data, 0), content))
        {
            return "32 bits";
        }

        // If the text is too long for 16 bits, these contain the lower ones.
        int narrow = ByteOrder.ReadUInt16Big(data, WireConstants.TextHeaderLength / 2);
        int missing = unchecked((ushort)(content.Length - narrow));
        return missing <= content.Length - CountWithoutNuls(content) ? "16 bits" : null;
    }

    // The length may count the NULs at the end or not.
    private static bool IsBetween(uint length, byte[] content) => length <= content.Length && length >= CountWithoutNuls(content);

    private static int CountWithoutNuls(byte[] content)
    {
        int count = content.Length;
        while (count > 0 && content[count - 1] == 0)
        {
            count--;
        }

        return count;
    }

    private static byte[] Slice(byte[] bytes, int from, int to)
    {
        var part = new byte[to - from];
        Buffer.BlockCopy(bytes, from, part, 0, part.Length);
        return part;
    }
}
