using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>
/// Text that a daemon sends, in one message or in several. The bytes that came count. Each message is compared with the length
/// that it names. Where the end of the text is not known, a warning says so, and a line that may be cut is not used.
/// </summary>
/// <param name="most">Bytes that are taken. Of a longer text, the rest is left out.</param>
internal sealed class ReceivedText(int most)
{
    private readonly List<byte[]> parts = [];
    private readonly List<int> seams = [];
    private int count;
    private bool isOdd;
    private bool isLastFull;
    private bool isEndMissing;
    private bool isEnded;
    private int decoded = -1;
    private string first = string.Empty;

    /// <summary>Number of messages that it is made of.</summary>
    public int PartCount { get; private set; }

    /// <summary>The first of the NUL-separated texts, as it came.</summary>
    public string First
    {
        get
        {
            if (decoded != PartCount)
            {
                decoded = PartCount;
                first = Decode(FirstBytes(out _));
            }

            return first;
        }
    }

    /// <summary>True if the text is longer than what is taken. More of it may come on the connection, which is of no more use.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>True if more may come, or if an end was cut off.</summary>
    public bool MayBeCut => isOdd || isLastFull || isEndMissing || IsTooLong;

    /// <summary>
    /// True if the last line may continue in a message that has not come. Only another answer shows that the text is over.
    /// </summary>
    public bool IsLastLineOpen => MayBeCut || !isEnded;

    /// <summary>What to tell the user; null if nothing is odd.</summary>
    public string? Warning { get; private set; }

    /// <summary>The lines of <see cref="First"/> that are certainly whole, with blank lines in the place of the others.</summary>
    public TextReader WholeLines()
    {
        byte[] bytes = FirstBytes(out int skipped);
        bytes = CutText.WithoutSeams(bytes, [.. seams.Select(seam => Math.Max(seam - skipped, 0))]);
        int length = IsLastLineOpen ? CutText.FindWholeEnd(bytes, bytes.Length) : bytes.Length;

        // Line by line, since the characters of a long text would take twice its bytes.
        return new StreamReader(new MemoryStream(bytes, 0, length), Utf8OrLatin1.Encoding, detectEncodingFromByteOrderMarks: false);
    }

    /// <summary>The line at the end that <see cref="WholeLines"/> leaves out, because it may continue in a message that has not come.</summary>
    public string OpenLine()
    {
        if (!IsLastLineOpen)
        {
            return string.Empty;
        }

        byte[] bytes = FirstBytes(out _);
        int begin = CutText.FindWholeEnd(bytes, bytes.Length);
        return Utf8OrLatin1.Decode(bytes, begin, bytes.Length - begin);
    }

    /// <summary>The words of <see cref="First"/> that are certainly whole.</summary>
    /// <param name="mostWords">Words that are taken.</param>
    /// <param name="leftOutCount">Number of the other words.</param>
    public IReadOnlyList<string> WholeWords(int mostWords, out int leftOutCount)
    {
        byte[] bytes = FirstBytes(out int skipped);
        if (seams.Count > 0)
        {
            Array.Resize(ref bytes, Math.Min(Math.Max(seams[0] - skipped, 0), bytes.Length));
        }

        string text = Decode(bytes);
        bool isLastCut = (MayBeCut || seams.Count > 0) && text.Length > 0 && !char.IsWhiteSpace(text[text.Length - 1]);
        var words = new List<string>();
        leftOutCount = 0;
        int at = 0;
        while (FindWord(text, ref at, out int length))
        {
            if (isLastCut && at + length == text.Length)
            {
                break;
            }

            if (words.Count < mostWords)
            {
                words.Add(text.Substring(at, length));
            }
            else
            {
                leftOutCount++;
            }

            at += length;
        }

        return words;
    }

    /// <summary>Adds a text message.</summary>
    /// <returns>The message as it was read.</returns>
    public TextReply Add(FlexLmMessage message)
    {
        FlexLmFrame frame = message.Frame!;
        TextReply reply = TextReply.Decode(frame);

        // A frame as full as a length of 16 bits allows may be cut, also where its length fits.
        int lastLength = WireConstants.FrameHeaderLength + frame.PartLengths[frame.PartLengths.Count - 1];
        bool isFull = lastLength is >= WireConstants.NearlyFullFrameLength and <= WireConstants.MaxShortFrameLength;
        bool isDifferent = !message.IsTooLong && reply.Length == TextLength.Differs;
        bool isCut = message.IsCut && !message.IsTooLong;
        if (isDifferent || isCut)
        {
            Warning = isFull || PartCount > 0
                ? "The license file is too long for the length field of its frame; what came is taken."
                : isCut ? "lmgrd announces more frames of a text than it sends; what came is taken."
                : "The length that lmgrd names for a text is not that of the text it sends; what came is taken.";
        }

        IsTooLong |= message.IsTooLong;
        Add(reply.Content, reply.Seams, isDifferent || isCut);
        isLastFull = isFull;
        return reply;
    }

    public void Add(LegacyText text)
    {
        IsTooLong |= text.IsTooLong;
        Add(text.Content, text.Seams, text.Seams.Count > 0);
        isLastFull = false;
        Warning = isOdd ? "The lengths that lmgrd names for the parts of a text are not those of the parts; what came is taken." : Warning;
    }

    /// <summary>Another answer came after the text, so no more of the text will come.</summary>
    public void End() => isEnded = true;

    /// <summary>The message that would have shown the end did not come.</summary>
    public void CutOff() => isEndMissing = true;

    private static string Decode(byte[] bytes) => Utf8OrLatin1.Decode(bytes, 0, bytes.Length);

    // Moves to the next word; false if there is none.
    private static bool FindWord(string text, ref int at, out int length)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        int end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        length = end - at;
        return length > 0;
    }

    // Where a length does not fit, nothing proves that the next message continues where this one ends.
    private void Add(byte[] part, IReadOnlyList<int> seamsOfPart, bool isPartOdd)
    {
        if (PartCount > 0 && (isOdd || isPartOdd))
        {
            seams.Add(count);
        }

        int start = count;
        int taken = Math.Min(part.Length, most - start);
        IsTooLong |= taken < part.Length;
        seams.AddRange(seamsOfPart.Select(seam => seam + start).Where(seam => seam < start + taken));
        if (taken < part.Length)
        {
            Array.Resize(ref part, taken);
        }

        parts.Add(part);
        count += taken;
        isOdd |= isPartOdd;
        PartCount++;
    }

    // All bytes, joined once.
    private byte[] Join()
    {
        if (parts.Count != 1)
        {
            var joined = new byte[count];
            int at = 0;
            foreach (byte[] part in parts)
            {
                Buffer.BlockCopy(part, 0, joined, at, part.Length);
                at += part.Length;
            }

            parts.Clear();
            parts.Add(joined);
        }

        return parts[0];
    }

    // Not a copy where the text is the whole content: it may be long, and nobody changes it.
    private byte[] FirstBytes(out int skipped)
    {
        byte[] content = Join();
        skipped = 0;
        while (skipped < content.Length && content[skipped] == 0)
        {
            skipped++;
        }

        int end = Array.IndexOf(content, (byte)0, skipped);
        end = end < 0 ? content.Length : end;
        if (skipped == 0 && end == content.Length)
        {
            return content;
        }

        var bytes = new byte[end - skipped];
        Buffer.BlockCopy(content, skipped, bytes, 0, bytes.Length);
        return bytes;
    }
}
