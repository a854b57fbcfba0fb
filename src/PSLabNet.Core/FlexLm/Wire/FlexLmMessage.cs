namespace PSLabNet.FlexLm.Wire;

/// <summary>One message as it came, of either generation: exactly one of <see cref="Frame"/> and <see cref="Old"/> is there.</summary>
internal sealed class FlexLmMessage
{
    private FlexLmMessage(byte[] raw, FlexLmFrame? frame, LegacyMessage? old)
    {
        Raw = raw;
        Frame = frame;
        Old = old;
    }

    public byte[] Raw { get; }

    public FlexLmFrame? Frame { get; }

    public LegacyMessage? Old { get; }

    /// <summary>Kind and length, for people.</summary>
    public string Name => Frame is { } frame
        ? $"frame 0x{(int)frame.Type:X4} ({frame.Type}), {Raw.Length} bytes"
        : $"old message '{(char)Old!.Kind}'";

    public bool Is(FrameType type) => Frame?.Type == type;

    public bool Is(LegacyKind kind) => Old?.Kind == kind;

    /// <summary>
    /// Bytes of the message that begins with the bytes given, as far as they tell; 0 if more are needed to know.
    /// Bounds are the caller's: this only looks at the first <paramref name="count"/> bytes.
    /// </summary>
    public static int MeasureLength(byte[] bytes, int offset, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        byte first = bytes[offset];
        if (first == WireConstants.FrameMark)
        {
            return count < WireConstants.TypeOffset ? 0 : FlexLmFrame.ReadLength(bytes, offset);
        }

        return IsOldKind(first)
            ? WireConstants.LegacyMessageLength
            : throw new FlexLmProtocolException(FlexLmProtocolFault.UnknownFirstByte, $"No message begins with the byte {first:X2}.");
    }

    public static FlexLmMessage Decode(byte[] bytes)
    {
        var reader = new WireReader(bytes, 0, bytes.Length);
        byte first = reader.ReadByte();
        if (first == WireConstants.FrameMark)
        {
            return new FlexLmMessage(bytes, FlexLmFrame.Decode(bytes), null);
        }

        return IsOldKind(first)
            ? new FlexLmMessage(bytes, null, LegacyMessage.Decode(bytes))
            : throw new FlexLmProtocolException(FlexLmProtocolFault.UnknownFirstByte, $"No message begins with the byte {first:X2}.");
    }

    private static bool IsOldKind(byte first) =>
        first is (>= (byte)'A' and <= (byte)'Z')
            or (byte)LegacyKind.Hello or (byte)LegacyKind.LicenseStatusRequest or (byte)LegacyKind.FeaturesRequest;
}
