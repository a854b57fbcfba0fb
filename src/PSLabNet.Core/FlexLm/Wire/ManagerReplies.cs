using System.Collections.Generic;
using System.Globalization;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// The answer to a hello, frame 0x010E: 8 token, 20 and 21 version, 22 two unknown bytes, 24 hostname NUL daemon NUL.
/// </summary>
internal sealed record HelloReply(byte VersionMajor, byte VersionMinor, string HostName, string Daemon)
{
    /// <summary>A server so old that it answers in an old message, whose fields are not known.</summary>
    public static HelloReply Ancient { get; } = new(0, 0, string.Empty, string.Empty);

    public FlexLmGeneration Generation => ((VersionMajor << 8) | VersionMinor) < WireConstants.NewGenerationVersion
        ? FlexLmGeneration.Old
        : FlexLmGeneration.New;

    public string Version => this == Ancient ? string.Empty : string.Format(CultureInfo.InvariantCulture, "{0}.{1}", VersionMajor, VersionMinor);

    public byte[] Encode(uint token) => new FlexLmFrame(
        FrameType.Hello,
        token,
        new WireWriter().Bytes(VersionMajor, VersionMinor).Zeros(2).Text(HostName).Text(Daemon).ToArray()).Encode();

    public static HelloReply Decode(FlexLmFrame frame)
    {
        var reader = new WireReader(frame.Data, 0, frame.Data.Length);
        byte major = reader.ReadByte();
        byte minor = reader.ReadByte();
        reader.Skip(2);
        return new HelloReply(major, minor, reader.ReadText(), reader.ReadText());
    }
}

/// <summary>Where a vendor daemon is, frame 0x0113: 20 hostname NUL, port (4), 7 bytes of no known meaning.</summary>
internal sealed record VendorAddress(string HostName, uint Port)
{
    private const int UnknownTail = 7;

    public byte[] Encode(uint time) => new FlexLmFrame(
        FrameType.VendorAddress,
        time,
        new WireWriter().Text(HostName).UInt32(Port).Zeros(UnknownTail).ToArray()).Encode();

    public static VendorAddress Decode(FlexLmFrame frame)
    {
        var reader = new WireReader(frame.Data, 0, frame.Data.Length);
        return new VendorAddress(reader.ReadEndedText(), reader.ReadUInt32());
    }
}

/// <summary>
/// Text, frame 0x0146: 8 time, 20 two bytes of unknown meaning, 22 length of the text (16 bits), 24 text.
/// The bytes that a frame holds are the text; the length field is only compared with them.
/// </summary>
internal sealed record TextReply(string Text, TextLength Length)
{
    /// <summary>Text that one frame can hold.</summary>
    public const int Capacity = WireConstants.MaxFrameLength - WireConstants.FrameHeaderLength - HeaderSize;

    private const int HeaderSize = 4;

    public static byte[] Encode(uint time, byte[] text, ushort length) => new FlexLmFrame(
        FrameType.Text,
        time,
        new WireWriter().Zeros(2).Bytes((byte)(length >> 8), unchecked((byte)length)).Bytes(text).ToArray()).Encode();

    public static TextReply Decode(FlexLmFrame frame)
    {
        var reader = new WireReader(frame.Data, 0, frame.Data.Length);
        reader.Skip(2);
        int said = reader.ReadUInt16();
        int there = reader.Remaining;
        int end = frame.Data.Length;
        int withoutNul = there;
        while (withoutNul > 0 && frame.Data[end - there + withoutNul - 1] == 0)
        {
            withoutNul--;
        }

        // The length may count the NUL at the end or not.
        TextLength length = said >= withoutNul && said <= there ? TextLength.Agrees : TextLength.Differs;
        return new TextReply(Utf8OrLatin1.Decode(frame.Data, HeaderSize, withoutNul), length);
    }
}

/// <summary>Whether the length that a text frame names is that of the text it holds.</summary>
internal enum TextLength
{
    Agrees,
    Differs,
}

/// <summary>
/// One <c>L</c> message: 2 ASCII digits NUL-ended, the bytes of text still to come counting this message; 13 text.
/// </summary>
internal static class LegacyTextReply
{
    private const int CountSize = WireConstants.LegacyTextOffset - WireConstants.LegacyBodyOffset;

    /// <summary>Reads one message and adds its text.</summary>
    /// <returns>Bytes of text still to come after this message.</returns>
    public static int Decode(LegacyMessage message, List<byte> text)
    {
        var reader = new WireReader(message.Body, 0, message.Body.Length);
        string digits = reader.ReadPaddedText(CountSize).Trim();
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int remaining))
        {
            throw new FlexLmProtocolException(FlexLmProtocolFault.Malformed, $"\"{PrintableText.Escape(digits)}\" is no length of text.");
        }

        int here = remaining < reader.Remaining ? remaining : reader.Remaining;
        for (int count = 0; count < here; count++)
        {
            text.Add(reader.ReadByte());
        }

        return remaining - here;
    }

    public static IEnumerable<byte[]> Encode(byte[] text)
    {
        int at = 0;
        do
        {
            int count = System.Math.Min(text.Length - at, WireConstants.LegacyTextCapacity);
            var part = new byte[count];
            System.Array.Copy(text, at, part, 0, count);
            string left = (text.Length - at).ToString(CultureInfo.InvariantCulture);
            yield return new LegacyMessage(LegacyKind.Text, new WireWriter().PaddedText(left, CountSize).Bytes(part).ToArray()).Encode();
            at += count;
        }
        while (at < text.Length);
    }
}
