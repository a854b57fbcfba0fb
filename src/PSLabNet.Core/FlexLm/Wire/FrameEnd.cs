using PSLabNet.Bytes;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// Decides whether a frame contains its whole message. The meaning of the flag is known from one public source only, so the
/// flag may mean something else elsewhere: a frame that is complete by itself is not joined with another because of its
/// flag.
/// </summary>
internal static class FrameEnd
{
    // A status has the fields in use, total, time. A hello has host, daemon.
    private const int StatusFields = 3;
    private const int StatusUnknown = 2;
    private const int HelloFields = 2;
    private const int HelloHeader = 4;

    // The limit of bytes from one server. A larger number is not a length.
    private const uint LongestText = 64 * 1024 * 1024;

    // After the byte 01 of a usage frame, and after the host of an address.
    private const int UsageTail = 16;
    private const int AddressTail = 11;

    /// <summary>True if the frame contains everything that a frame of this type has; always false for types without a known end.</summary>
    public static bool IsWhole(FlexLmFrame frame) => frame.Type switch
    {
        FrameType.Usage => Rest(frame.Data, WireConstants.FieldsEnd) >= UsageTail,
        FrameType.LicenseStatus => CountFields(frame.Data, StatusUnknown) >= StatusFields,
        FrameType.Hello => frame.Data.Length > HelloHeader && frame.Data[0] != 0 && CountNuls(frame.Data, HelloHeader) >= HelloFields,
        FrameType.VendorAddress => frame.Data.Length > 0 && frame.Data[0] != 0 && Rest(frame.Data, 0) >= AddressTail,
        _ => false,
    };

    /// <summary>True for messages that can be longer than a frame.</summary>
    public static bool IsLongType(FrameType type) => type is FrameType.Text or FrameType.LicenseSets;

    /// <summary>
    /// The bytes of data that a text should have, including its length, if its first frame contains fewer: the rest may
    /// arrive in further frames. Otherwise 0.
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
    /// True if a frame without the flag has nearly the maximum number of bytes for a length of 16 bits, and stops within a
    /// line or a field: the rest may arrive in further frames.
    /// </summary>
    public static bool StopsAtLimit(FlexLmFrame frame)
    {
        int length = WireConstants.FrameHeaderLength + frame.Data.Length;
        return length is >= WireConstants.NearlyFullFrameLength and <= WireConstants.MaxShortFrameLength
            && IsLongType(frame.Type)
            && frame.Data[frame.Data.Length - 1] is not (0 or (byte)'\n');
    }

    // Number of bytes after the first one that equals the mark; -1 if there is none.
    private static int Rest(byte[] data, byte mark)
    {
        int at = 0;
        while (at < data.Length && data[at] != mark)
        {
            at++;
        }

        return data.Length - at - 1;
    }

    // Number of fields that end with a NUL and are not empty.
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
