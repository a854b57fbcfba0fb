namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// One received message of either generation: exactly one of <see cref="Frame"/> and <see cref="Old"/> is set. A message of
/// several frames has one frame with the data of all.
/// </summary>
internal sealed class FlexLmMessage
{
    private FlexLmMessage(FlexLmFrame? frame, LegacyMessage? old)
    {
        Frame = frame;
        Old = old;
    }

    public FlexLmFrame? Frame { get; }

    public LegacyMessage? Old { get; }

    /// <summary>True if the peer announced more of this message, and it did not arrive.</summary>
    public bool IsCut { get; private init; }

    /// <summary>True if the message is longer than what is taken of one. The rest of it comes next on the connection, which is of no more use.</summary>
    public bool IsTooLong { get; private init; }

    /// <summary>Kind and length, as text for people.</summary>
    public string Name => Frame is not { } frame ? $"old message '{(char)Old!.Kind}'"
        : frame.PartLengths.Count > 1 ? $"message 0x{(int)frame.Type:X4} ({frame.Type}) of {frame.PartLengths.Count} frames, {frame.Data.Length} bytes of data"
        : $"frame 0x{(int)frame.Type:X4} ({frame.Type}), {WireConstants.FrameHeaderLength + frame.Data.Length} bytes";

    public bool Is(FrameType type) => Frame?.Type == type;

    public bool Is(LegacyKind kind) => Old?.Kind == kind;

    /// <summary>
    /// Length in bytes of the message that begins with these bytes; 0 if more bytes are needed. The caller checks the
    /// bounds: this method reads only the first <paramref name="count"/> bytes.
    /// </summary>
    /// <exception cref="FlexLmProtocolException">No message begins like this.</exception>
    public static int MeasureLength(byte[] bytes, int offset, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        byte first = bytes[offset];
        if (first == WireConstants.FrameMark)
        {
            if (count < WireConstants.FrameHeaderLength)
            {
                return 0;
            }

            int length = FlexLmFrame.ReadLength(bytes, offset);
            FlexLmFrame.CheckHeader(bytes, offset);
            return length;
        }

        switch (OtherProtocol.Recognize(bytes, offset, count))
        {
            case Recognition.NeedsMore:
                return 0;
            case Recognition.Http:
                throw OtherProtocol.Exception("HTTP");
            case Recognition.Tls:
                throw OtherProtocol.Exception("TLS");
            default:
                break;
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
            return Of(FlexLmFrame.Decode(bytes));
        }

        return IsOldKind(first)
            ? new FlexLmMessage(null, LegacyMessage.Decode(bytes))
            : throw new FlexLmProtocolException(FlexLmProtocolFault.UnknownFirstByte, $"No message begins with the byte {first:X2}.");
    }

    public static FlexLmMessage Of(FlexLmFrame frame) => new(frame, null);

    /// <summary>A message whose end did not come.</summary>
    public static FlexLmMessage Cut(FlexLmFrame frame) => new(frame, null) { IsCut = true };

    /// <summary>The beginning of a message that is longer than what is taken of one.</summary>
    public static FlexLmMessage TooLong(FlexLmFrame frame) => new(frame, null) { IsCut = true, IsTooLong = true };

    private static bool IsOldKind(byte first) =>
        first is (>= (byte)'A' and <= (byte)'Z')
            or (byte)LegacyKind.Hello or (byte)LegacyKind.LicenseStatusRequest or (byte)LegacyKind.FeaturesRequest;
}
