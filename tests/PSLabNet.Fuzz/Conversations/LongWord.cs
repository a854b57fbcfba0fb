using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Conversations;

/// <summary>
/// Makes a name in a frame as long as a frame can be. In text, which may have several frames, the name is even longer: too
/// long for a request that names it.
/// </summary>
internal static class LongWord
{
    private const int Capacity = WireConstants.MaxShortFrameLength - WireConstants.FrameHeaderLength;
    private const int TextHead = 4;
    private const int Longest = 200_000;

    /// <summary>Lengthens a word.</summary>
    /// <returns>The frames that replace the frame; the reply itself if it is not a frame.</returns>
    public static IEnumerable<Reply> PutInto(Reply reply, FuzzRandom random)
    {
        if (TryDecode(reply.Bytes) is not { } frame)
        {
            return [reply];
        }

        // Bytes that are not UTF-8 are read as Latin-1, and take twice the bytes to send back.
        byte letter = random.OneIn(3) ? (byte)0xE9 : (byte)'w';
        bool isText = frame.Type == FrameType.Text && frame.Data.Length >= TextHead;
        int first = isText ? TextHead : 0;
        int place = first + random.Below(frame.Data.Length - first + 1);
        int most = isText ? Longest : Capacity - frame.Data.Length;
        byte[] data = [.. frame.Data[first..place], .. Enumerable.Repeat(letter, random.Below(most + 1)), .. frame.Data[place..]];
        return isText
            ? data.Chunk(TextReply.Capacity).Select(part => reply with { Bytes = TextReply.Encode(frame.Time, part, unchecked((ushort)part.Length)) })
            : [reply with { Bytes = new FlexLmFrame(frame.Type, frame.Time, data).Encode() }];
    }

    private static FlexLmFrame? TryDecode(byte[] bytes)
    {
        try
        {
            return FlexLmFrame.Decode(bytes);
        }
        catch (FlexLmProtocolException)
        {
            return null;
        }
    }
}
