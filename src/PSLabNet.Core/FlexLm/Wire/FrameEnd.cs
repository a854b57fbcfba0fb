using PSLabNet.Bytes;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// Tells whether a frame holds all of its message. The flag says so by one public source, so that it may mean something
/// else elsewhere: a frame that is whole by itself is not joined with another because of its flag.
/// </summary>
internal static class FrameEnd
{
    // Of a status: in use, total, time. Of a hello: host, daemon.
    private const int StatusFields = 3;
    private const int StatusUnknown = 2;
    private const int HelloFields = 2;
    private const int HelloHeader = 4;

    // No more is taken from one server. A length above it is none.
    private const uint LongestText = 64 * 1024 * 1024;

    // After the byte 01 of a usage frame, and after the host of an address.
    private const int UsageTail = 16;
    private const int AddressTail = 11;

    /// <summary>True if nothing is missing that a frame of this type has; of types without such an end, always false.</summary>
    public static bool IsWhole(FlexLmFrame frame) => frame.Type switch
    {
        FrameType.Usage => Rest(frame.Data, WireConstants.FieldsEnd) >= UsageTail,
        FrameType.LicenseStatus => CountFields(frame.Data, StatusUnknown) >= StatusFields,
        FrameType.Hello => frame.Data.Length > HelloHeader && frame.Data[0] != 0 && CountNuls(frame.Data, HelloHeader) >= HelloFields,
        FrameType.VendorAddress => frame.Data.Length > 0 && frame.Data[0] != 0 && Rest(frame.Data, 0) >= AddressTail,
        _ => false,
    };

    /// <summary>True of messages that can be longer than a frame.</summary>
    public static bool IsLongType(FrameType type) => type is FrameType.Text or FrameType.LicenseSets;

    /// <summary>
    /// The bytes of data that a text should have, its length included, if that is more than its first frame holds: the
    /// rest may come in further frames. Otherwise 0.
    /// </summary>
    public static long FindAnnounced(FlexLmFrame frame)
    {
        if (frame.Type != FrameType.Text || frame.Data.Length < WireConstants.TextHeaderLength || TextReply.IsLengthRight(frame))
        {
            return 0;
        }

        uint wide = ByteOrder.ReadUInt32Big(frame.Data, 0);
        long length = wide <= LongestText ? wide : ByteOrder.ReadUInt16Big(frame.Data, WireConstants.TextHeaderLength / 2);
        length += WireConstants.TextHeaderLength;
        return length > frame.Data.Length ? length : 0;
    }

    /// <summary>
    /// True if a frame without the flag has nearly as many bytes as a length of 16 bits can say, and stops within a line
    /// or a field: the rest may come in further frames.
    /// </summary>
    public static bool StopsAtLimit(FlexLmFrame frame)
    {
        int length = WireConstants.FrameHeaderLength + frame.Data.Length;
        return length is >= WireConstants.NearlyFullFrameLength and <= WireConstants.MaxShortFrameLength
            && IsLongType(frame.Type)
            && frame.Data[frame.Data.Length - 1] is not (0 or (byte)'\n');
    }

    // Bytes after the first one that has a value; -1 if none has.
    private static int Rest(byte[] data, byte mark)
    {
        int at = 0;
        while (at < data.Length && data[at] != mark)
        {
            at++;
        }

        return data.Length - at - 1;
    }

    // Fields with a NUL at their end and something in them.
    private static int CountFields(byte[] data, int from)
    {
        int count = 0;
        for (int at = from; at < data.Length; at++)
        {
            count += data[at] == 0 && at > from && data[at - 1] != 0 ? 1 : 0;
        }

        return count;
    }

    private static int CountNuls(byte[] data, int from)
    {
        int count = 0;
        for (int at = from; at < data.Length; at++)
        {
            count += data[at] == 0 ? 1 : 0;
        }

        return count;
    }
}
