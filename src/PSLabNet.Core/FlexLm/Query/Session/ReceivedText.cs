using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>
/// Text that a daemon sends, in one message or in several. What the frames hold counts, and each message is compared with the
/// length that it names. Where the end of the text is not known, that is said, and a line that may be cut is not used.
/// </summary>
internal sealed class ReceivedText
{
    private readonly List<byte> content = [];
    private readonly List<int> seams = [];
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

    /// <summary>True if more may be to come, or may have been cut off.</summary>
    public bool MayBeCut => isOdd || isLastFull || isEndMissing;

    /// <summary>
    /// True if the last line may go on in a message that has not come: something else must come first to show that the text
    /// is over.
    /// </summary>
    public bool IsLastLineOpen => MayBeCut || !isEnded;

    /// <summary>What to tell the user; null if nothing is odd.</summary>
    public string? Warning { get; private set; }

    /// <summary>The lines of <see cref="First"/> that are certainly whole, blank lines in the place of others.</summary>
    public string WholeLines()
    {
        if (!IsLastLineOpen && seams.Count == 0)
        {
            return First;
        }

        byte[] bytes = FirstBytes(out int skipped);
        bytes = CutText.WithoutSeams(bytes, [.. seams.Select(seam => Math.Max(seam - skipped, 0))]);
        if (IsLastLineOpen)
        {
            Array.Resize(ref bytes, CutText.FindWholeEnd(bytes, bytes.Length));
        }

        return Decode(bytes);
    }

    /// <summary>The line at the end that <see cref="WholeLines"/> leaves out, because it may go on in a message that has not come.</summary>
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
    public IReadOnlyList<string> WholeWords()
    {
        byte[] bytes = FirstBytes(out int skipped);
        if (seams.Count > 0)
        {
            Array.Resize(ref bytes, Math.Min(Math.Max(seams[0] - skipped, 0), bytes.Length));
        }

        string text = Decode(bytes);
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if ((MayBeCut || seams.Count > 0) && words.Length > 0 && !char.IsWhiteSpace(text[text.Length - 1]))
        {
            Array.Resize(ref words, words.Length - 1);
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
        bool isDifferent = reply.Length == TextLength.Differs;
        if (isDifferent || message.IsCut)
        {
            Warning = isFull || PartCount > 0
                ? "The license file is too long for the length field of its frame; what came is taken."
                : message.IsCut ? "lmgrd announces more frames of a text than it sends; what came is taken."
                : "The length that lmgrd names for a text is not that of the text it sends; what came is taken.";
        }

        Add(reply.Content, reply.Seams, isDifferent || message.IsCut);
        isLastFull = isFull;
        return reply;
    }

    public void Add(LegacyText text)
    {
        Add(text.Content, text.Seams, text.Seams.Count > 0);
        isLastFull = false;
        Warning = isOdd ? "The lengths that lmgrd names for the parts of a text are not those of the parts; what came is taken." : Warning;
    }

    /// <summary>Something else came after the text, so no more of it will.</summary>
    public void End() => isEnded = true;

    /// <summary>The message that would have shown the end did not come.</summary>
    public void CutOff() => isEndMissing = true;

    private static string Decode(byte[] bytes) => Utf8OrLatin1.Decode(bytes, 0, bytes.Length);

    // Where a length does not fit, nothing proves that the next message goes on where this one ends.
    private void Add(byte[] part, IReadOnlyList<int> seamsOfPart, bool isPartOdd)
    {
        if (PartCount > 0 && (isOdd || isPartOdd))
        {
            seams.Add(content.Count);
        }

        seams.AddRange(seamsOfPart.Select(seam => seam + content.Count));
        content.AddRange(part);
        isOdd |= isPartOdd;
        PartCount++;
    }

    private byte[] FirstBytes(out int skipped)
    {
        skipped = 0;
        while (skipped < content.Count && content[skipped] == 0)
        {
            skipped++;
        }

        int end = content.IndexOf(0, skipped);
        var bytes = new byte[(end < 0 ? content.Count : end) - skipped];
        content.CopyTo(skipped, bytes, 0, bytes.Length);
        return bytes;
    }
}
