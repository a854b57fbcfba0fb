using System;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The bytes that a connection has received and not read yet. They are removed message by message.</summary>
internal sealed class ReceivedBytes
{
    private const int FirstSize = 16 * 1024;

    // A buffer that grew for a long frame is released afterwards.
    private const int KeptSize = 256 * 1024;

    private byte[] buffer = new byte[FirstSize];
    private int start;
    private bool? hasShortFrame;

    /// <summary>Number of bytes.</summary>
    public int Count { get; private set; }

    /// <summary>True if the first message is complete.</summary>
    /// <exception cref="FlexLmProtocolException">No message begins with these bytes.</exception>
    public bool HasMessage => Measure() is > 0 and int length && Count >= length;

    /// <summary>
    /// True if the bytes are a whole frame when byte 17 is not part of its length. One source says that it is part of it.
    /// If no more bytes come, the frame ends here.
    /// </summary>
    public bool HasShortFrame
    {
        get
        {
            // The CRC of the same bytes is computed once, however many more arrive.
            if (hasShortFrame is null && IsLong(Measure()) && Count >= FlexLmFrame.ReadShortLength(buffer, start))
            {
                hasShortFrame = IsShortFrame();
            }

            return hasShortFrame == true;
        }
    }

    /// <summary>Adds bytes. The buffer grows by the received bytes, never by a length that a peer names.</summary>
    public void Add(byte[] bytes, int count)
    {
        if (start + Count + count > buffer.Length)
        {
            byte[] target = Count + count > buffer.Length ? new byte[Math.Max(Count + count, buffer.Length * 2)] : buffer;
            Buffer.BlockCopy(buffer, start, target, 0, Count);
            buffer = target;
            start = 0;
        }

        Buffer.BlockCopy(bytes, 0, buffer, start + Count, count);
        Count += count;
    }

    /// <summary>Removes and returns the first message; null if it is not complete.</summary>
    /// <exception cref="FlexLmProtocolException">No message begins with these bytes.</exception>
    public byte[]? Take()
    {
        int length = Measure();
        return length == 0 || Count < length ? null
            : IsLong(length) && !FlexLmFrame.IsCrcRight(buffer, start, length) && IsShortFrame() ? TakeShortFrame()
            : Take(length);
    }

    /// <summary>Removes and returns the frame that is complete if byte 17 is not part of its length.</summary>
    public byte[] TakeShortFrame() => Take(FlexLmFrame.ReadShortLength(buffer, start));

    private static bool IsLong(int length) => length > WireConstants.MaxShortFrameLength;

    private int Measure() => FlexLmMessage.MeasureLength(buffer, start, Count);

    private bool IsShortFrame()
    {
        int length = FlexLmFrame.ReadShortLength(buffer, start);
        return length >= WireConstants.FrameHeaderLength && FlexLmFrame.IsCrcRight(buffer, start, length);
    }

    private byte[] Take(int length)
    {
        var taken = new byte[length];
        Buffer.BlockCopy(buffer, start, taken, 0, length);
        start += length;
        Count -= length;
        hasShortFrame = null;
        if (Count == 0)
        {
            start = 0;
            buffer = buffer.Length > KeptSize ? new byte[FirstSize] : buffer;
        }

        return taken;
    }
}
