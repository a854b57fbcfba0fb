using System.Collections.Generic;
using System.Globalization;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// The answer to a hello, frame 0x010E: 8 token, 20 and 21 version, 22 two unknown bytes, 24 hostname NUL daemon NUL.
/// </summary>
internal sealed record HelloReply(byte VersionMajor, byte VersionMinor, string HostName, string Daemon)
{
    private const int OkMinorOffset = 13;
    private const int OkUnknownOffset = 25;
    private const int OkHostOffset = 47;
    private const int OkHostSize = 64;

    /// <summary>The answer of a very old server: a message of the old generation with unknown fields.</summary>
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

    /// <summary>
    /// The answer of lmadmin, kind <c>O</c>: 2 version major in ASCII, 13 version minor, 25 and 36 two fields with unknown
    /// meaning, 47 host; each NUL-ended.
    /// </summary>
    /// <returns><see cref="Ancient"/> if the version is not a number.</returns>
    public static HelloReply DecodeOk(LegacyMessage message)
    {
        var reader = new WireReader(message.Body, 0, message.Body.Length);
        string major = reader.ReadPaddedText(OkMinorOffset - WireConstants.LegacyBodyOffset);
        string minor = reader.ReadPaddedText(OkUnknownOffset - OkMinorOffset);
        reader.Skip(OkHostOffset - OkUnknownOffset);
        return byte.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out byte majorNumber)
            && byte.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out byte minorNumber)
                ? new HelloReply(majorNumber, minorNumber, reader.ReadText(), string.Empty)
                : Ancient;
    }

    /// <summary>Encodes the answer as lmadmin sends it, without a daemon.</summary>
    public byte[] EncodeOk() => new LegacyMessage(
        LegacyKind.Ok,
        new WireWriter()
            .PaddedText(VersionMajor.ToString(CultureInfo.InvariantCulture), OkMinorOffset - WireConstants.LegacyBodyOffset)
            .PaddedText(VersionMinor.ToString(CultureInfo.InvariantCulture), OkUnknownOffset - OkMinorOffset)
            .Zeros(OkHostOffset - OkUnknownOffset)
            .PaddedText(HostName, OkHostSize)
            .ToArray()).Encode();
}

/// <summary>The address of a vendor daemon, frame 0x0113: 20 hostname NUL, port (4), 7 bytes with unknown meaning.</summary>
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
/// One <c>L</c> message: 2 number of text bytes still to come, including this message, in ASCII digits, NUL-ended; 13 text.
/// </summary>
internal static class LegacyTextReply
{
    private const int CountSize = WireConstants.LegacyTextOffset - WireConstants.LegacyBodyOffset;

    /// <summary>Reads the number of text bytes still to come, including those of this message.</summary>
    public static int ReadRemaining(LegacyMessage message)
    {
        string digits = new WireReader(message.Body, 0, message.Body.Length).ReadPaddedText(CountSize).Trim();
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int remaining)
            ? remaining
            : throw new FlexLmProtocolException(FlexLmProtocolFault.Malformed, $"\"{PrintableText.Escape(digits)}\" is no length of text.");
    }

    /// <summary>Reads one message and adds its text.</summary>
    /// <returns>Number of text bytes still to come after this message.</returns>
    public static int Decode(LegacyMessage message, List<byte> text)
    {
        int remaining = ReadRemaining(message);
        var reader = new WireReader(message.Body, CountSize, message.Body.Length);
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
