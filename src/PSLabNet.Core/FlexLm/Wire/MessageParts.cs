using System;
using System.Collections.Generic;
using PSLabNet.Bytes;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// Collects the frames of one message. Each frame but the last announces that more follow. A server that does not know that
/// flag may still send the rest of a text in further frames: the length of the text, or a full frame, shows it.
/// </summary>
internal sealed class MessageParts
{
    /// <summary>Wait for a frame that only the flag or the length announces: the frames of one message are sent together.</summary>
    public static readonly TimeSpan ShortSilence = TimeSpan.FromMilliseconds(300);

    /// <summary>Wait for a frame that the message needs to be complete, from a server that is slow in the middle.</summary>
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(2);

    private readonly List<FlexLmFrame> frames = [];
    private long announced;
    private long received;
    private long repeated;
    private bool repeatsHeader = true;

    private readonly int most;

    public MessageParts(FlexLmFrame first, int most)
    {
        this.most = most;
        Add(first);
    }

    /// <summary>True if more frames belong to the message, as far as it says, and there is room for them.</summary>
    public bool AwaitsMore { get; private set; }

    /// <summary>True if the message is longer than what is taken of one.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Maximum wait for the next frame while no byte arrives.</summary>
    public TimeSpan Silence => Last.HasMore && !FitsAlone ? LongSilence : ShortSilence;

    private FlexLmFrame Last => frames[frames.Count - 1];

    // A text with its full length, although its frame announces more: the flag may have another meaning.
    private bool FitsAlone => frames.Count == 1 && Last.Type == FrameType.Text && IsWhole(Last);

    /// <summary>False if nothing can follow a first frame: it has no flag, and its type is not one of the long ones.</summary>
    public static bool CanContinue(FlexLmFrame first) => first.HasMore || FrameEnd.IsLongType(first.Type);

    /// <summary>Adds a frame.</summary>
    /// <returns>False if it belongs to another message.</returns>
    public bool TryAdd(FlexLmFrame frame)
    {
        // All frames of a message have the same id. Only one text message is awaited at a time.
        if (frame.Type != Last.Type || (frame.Time != Last.Time && frame.Type != FrameType.Text))
        {
            return false;
        }

        int room = most - (int)received;
        Add(frame.Data.Length > room ? frame.Shorten(room) : frame);
        IsTooLong |= frame.Data.Length > room;
        AwaitsMore &= !IsTooLong;
        return true;
    }

    public FlexLmMessage ToMessage()
    {
        FlexLmFrame frame = frames.Count == 1 ? frames[0] : FlexLmFrame.Join(frames);
        return IsTooLong ? FlexLmMessage.TooLong(frame)
            : Last.HasMore && !FitsAlone ? FlexLmMessage.Cut(frame)
            : FlexLmMessage.Of(frame);
    }

    private static bool IsWhole(FlexLmFrame frame) =>
        frame.Data.Length >= WireConstants.TextHeaderLength && TextReply.IsLengthRight(frame);

    private void Add(FlexLmFrame frame)
    {
        frames.Add(frame);
        received += frame.Data.Length;
        if (frames.Count == 1)
        {
            announced = FrameEnd.FindAnnounced(frame);
        }
        else if (repeatsHeader && Math.Min(frame.Data.Length, frames[0].Data.Length) >= WireConstants.TextHeaderLength && HeaderOf(frame) == HeaderOf(frames[0]))
        {
            repeated += WireConstants.TextHeaderLength;
        }
        else
        {
            repeatsHeader = false;
        }

        bool hasMore = frame.HasMore
            || announced > received - (repeatsHeader ? repeated : 0)
            || (announced == 0 && FrameEnd.StopsAtLimit(frame));
        IsTooLong = hasMore && received >= most;
        AwaitsMore = hasMore && !IsTooLong;
    }

    private static uint HeaderOf(FlexLmFrame frame) => ByteOrder.ReadUInt32Big(frame.Data, 0);
}
