using System;
using System.Collections.Generic;
using System.Linq;
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

    // The text may have 16 MiB, so it is copied once.
    private TextReply(ArraySegment<byte> content, string? reading, IReadOnlyList<int> seams)
    {
        Content = Copy(content, CountWithoutNuls(content));
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
        ArraySegment<byte> joined = AfterHeader(frame.Data, 0, frame.Data.Length);
        if (frame.PartLengths.Count == 1)
        {
            return new TextReply(joined, Compare(frame.Data, joined), []);
        }

        if (IsEachLengthRight(frame))
        {
            return new TextReply(JoinEach(frame), "in each frame", []);
        }

        if (Compare(frame.Data, joined) is { } first)
        {
            return new TextReply(joined, first + " in the first frame", []);
        }

        if (frame.PartLengths.All(HasHeader))
        {
            ArraySegment<byte> each = JoinEach(frame);
            if (Compare(frame.Data, each) is { } all)
            {
                return new TextReply(each, all + " in the first frame, repeated in the others", []);
            }
        }

        return new TextReply(joined, null, FindSeams(frame.PartLengths));
    }

    /// <summary>True if the length that a single frame names is that of the text it holds.</summary>
    public static bool IsLengthRight(FlexLmFrame frame) => Compare(frame.Data, AfterHeader(frame.Data, 0, frame.Data.Length)) is not null;

    /// <summary>The bytes of a text without the NULs at its end.</summary>
    public static byte[] WithoutNuls(byte[] content)
    {
        int count = CountWithoutNuls(new ArraySegment<byte>(content));
        return count == content.Length ? content : Copy(new ArraySegment<byte>(content), count);
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

    private static bool HasHeader(int length) => length >= WireConstants.TextHeaderLength;

    // Bytes of a frame after the length of the text.
    private static ArraySegment<byte> AfterHeader(byte[] data, int at, int length) =>
        new(data, at + WireConstants.TextHeaderLength, length - WireConstants.TextHeaderLength);

    // True if each frame has a right length of its own. No text begins with NULs, so 32 bits that fit are a length.
    private static bool IsEachLengthRight(FlexLmFrame frame)
    {
        int at = 0;
        foreach (int length in frame.PartLengths)
        {
            if (!HasHeader(length) || !IsBetween(ByteOrder.ReadUInt32Big(frame.Data, at), AfterHeader(frame.Data, at, length)))
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    // The text if each frame has a length of its own.
    private static ArraySegment<byte> JoinEach(FlexLmFrame frame)
    {
        var content = new byte[frame.Data.Length - (frame.PartLengths.Count * WireConstants.TextHeaderLength)];
        int at = 0;
        int to = 0;
        foreach (int length in frame.PartLengths)
        {
            ArraySegment<byte> part = AfterHeader(frame.Data, at, length);
            Buffer.BlockCopy(frame.Data, part.Offset, content, to, part.Count);
            at += length;
            to += part.Count;
        }

        return new ArraySegment<byte>(content);
    }

    // Describes which of the first four bytes contain the length of the text; null if none do.
    private static string? Compare(byte[] data, ArraySegment<byte> content)
    {
        if (IsBetween(ByteOrder.ReadUInt32Big(data, 0), content))
        {
            return "32 bits";
        }

        // If the text is too long for 16 bits, these contain the lower ones.
        int narrow = ByteOrder.ReadUInt16Big(data, WireConstants.TextHeaderLength / 2);
        int missing = unchecked((ushort)(content.Count - narrow));
        return missing <= content.Count - CountWithoutNuls(content) ? "16 bits" : null;
    }

    // The length may or may not include the NULs at the end.
    private static bool IsBetween(uint length, ArraySegment<byte> content) => length <= content.Count && length >= CountWithoutNuls(content);

    private static int CountWithoutNuls(ArraySegment<byte> content)
    {
        int count = content.Count;
        while (count > 0 && content.Array![content.Offset + count - 1] == 0)
        {
            count--;
        }

        return count;
    }

    private static byte[] Copy(ArraySegment<byte> content, int count)
    {
        var copy = new byte[count];
        Buffer.BlockCopy(content.Array!, content.Offset, copy, 0, count);
        return copy;
    }
}
