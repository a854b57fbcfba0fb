using System;
using System.Collections.Generic;
using System.Globalization;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// The status of one license, frame 0x004E: 20 two unknown bytes, then ASCII: in use NUL total NUL Unix time NUL.
/// The old generation sends the same fields in an <c>N</c> message, from byte 2.
/// </summary>
internal sealed record StatusReply(int InUse, int Total, long Time)
{
    private const int UnknownSize = 2;

    public byte[] Encode(uint time) => new FlexLmFrame(
        FrameType.LicenseStatus,
        time,
        Fields(new WireWriter().Zeros(UnknownSize)).ToArray()).Encode();

    public byte[] EncodeOld() => new LegacyMessage(LegacyKind.Numbers, Fields(new WireWriter()).ToArray()).Encode();

    public static StatusReply Decode(FlexLmFrame frame)
    {
        var reader = new WireReader(frame.Data, 0, frame.Data.Length);
        reader.Skip(UnknownSize);
        return Read(reader);
    }

    public static StatusReply DecodeOld(LegacyMessage message) => Read(new WireReader(message.Body, 0, message.Body.Length));

    private static StatusReply Read(WireReader reader)
    {
        int inUse = Count(reader.ReadNumber());
        int total = Count(reader.ReadNumber());
        return new StatusReply(inUse, total, reader.ReadNumber());
    }

    private static int Count(long number) => number is >= 0 and <= int.MaxValue
        ? (int)number
        : throw new FlexLmProtocolException(FlexLmProtocolFault.Malformed, FormattableString.Invariant($"{number} is no number of licenses."));

    private WireWriter Fields(WireWriter writer) => writer
        .Text(InUse.ToString(CultureInfo.InvariantCulture))
        .Text(Total.ToString(CultureInfo.InvariantCulture))
        .Text(Time.ToString(CultureInfo.InvariantCulture));
}

/// <summary>The kind of entry in a usage frame.</summary>
internal enum UsageKind
{
    Checkout,
    Reservation,
}

/// <summary>
/// One checkout or reservation, frame 0x0114: 8 time; 20 user NUL host NUL display NUL version NUL 01,
/// then 4 unknown bytes, the time of the checkout (4), a number (8). In a reservation, all bytes after the 01 are zero, and
/// the first field is <c>G</c> and the group's name.
/// </summary>
internal sealed record UsageReply(UsageKind Kind, string User, string Host, string Display, string Version)
{
    /// <summary>The four bytes before the time; their meaning is unknown.</summary>
    public uint Unknown { get; init; }

    /// <summary>Unix seconds.</summary>
    public uint Since { get; init; }

    public ulong Number { get; init; }

    /// <summary>False for an entry of the old generation, which does not contain this number.</summary>
    public bool HasNumber { get; init; } = true;

    /// <summary>Number of licenses; null if the entry does not contain it.</summary>
    public int? Count { get; init; }

    /// <summary>True if fields are missing or not understood.</summary>
    public bool IsPartial { get; init; }

    public static UsageReply Reservation(string group) => new(UsageKind.Reservation, group, string.Empty, string.Empty, string.Empty);

    public byte[] Encode(uint time)
    {
        string first = Kind == UsageKind.Reservation ? WireConstants.ReservationMark + User : User;
        return new FlexLmFrame(
            FrameType.Usage,
            time,
            new WireWriter().Text(first).Text(Host).Text(Display).Text(Version).Byte(WireConstants.FieldsEnd)
                .UInt32(Unknown).UInt32(Since).UInt64(Number).ToArray()).Encode();
    }

    public static UsageReply Decode(FlexLmFrame frame)
    {
        var reader = new WireReader(frame.Data, 0, frame.Data.Length);
        WireReader fields = reader.SplitAt(WireConstants.FieldsEnd);
        string first = fields.ReadText();
        string host = fields.ReadText();
        string display = fields.ReadText();
        string version = fields.ReadText();
        return reader.IsRestZero() && first.Length > 0 && first[0] == WireConstants.ReservationMark
            ? new UsageReply(UsageKind.Reservation, first.Substring(1), host, display, version)
            : new UsageReply(UsageKind.Checkout, first, host, display, version)
            {
                Unknown = reader.ReadUInt32(),
                Since = reader.ReadUInt32(),
                Number = reader.ReadUInt64(),
            };
    }
}

/// <summary>An error, <c>W</c>: 2 the FlexLM number in ASCII, NUL-ended; some servers send no number.</summary>
internal static class ErrorReply
{
    /// <summary>A refusal without a number: all zero after the check byte.</summary>
    public static byte[] EncodeWithoutNumber() => new LegacyMessage(LegacyKind.Error, []).Encode();

    public static byte[] Encode(int code) => new LegacyMessage(
        LegacyKind.Error,
        new WireWriter().Text(code.ToString(CultureInfo.InvariantCulture)).ToArray()).Encode();

    /// <summary>The number, or <see cref="FlexLmErrorCode.NoReason"/> if there is none, or if it is not an error.</summary>
    public static int Decode(LegacyMessage message)
    {
        string digits = new WireReader(message.Body, 0, message.Body.Length).ReadText().Trim();
        return int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code) && code != 0
            ? code
            : FlexLmErrorCode.NoReason;
    }
}

/// <summary>A set of licenses that a vendor daemon has in addition to the license file (trusted storage).</summary>
internal sealed record LicenseSet(string FulfillmentId, string Names, string LicenseText);

/// <summary>
/// License sets, frame 0x0128: text fields between runs of the bytes 00, 01 and 07, in groups of eight:
/// fulfillment id, signature, names, date, date, fulfillment id, URL, license text.
/// </summary>
internal static class LicenseSetsReply
{
    /// <summary>Sets that are taken of one message; a daemon has a few hundred at most.</summary>
    public const int MostSets = 10_000;

    private const int FieldsOfSet = 8;
    private const int NamesField = 2;
    private const int TextField = 7;
    private static readonly char[] Separators = ['\x00', '\x01', '\x07'];

    public static byte[] Encode(uint time, IEnumerable<LicenseSet> sets)
    {
        var writer = new WireWriter();
        foreach (LicenseSet set in sets)
        {
            foreach (string field in new[]
            {
                set.FulfillmentId, "SIGN", set.Names, "permanent", "1-jan-2020", set.FulfillmentId, "https://sets.invalid", set.LicenseText,
            })
            {
                writer.Byte((byte)Separators[1]).Text(field);
            }
        }

        return new FlexLmFrame(FrameType.LicenseSets, time, writer.ToArray()).Encode();
    }

    /// <summary>
    /// Reads the sets. If the fields do not form groups of eight, the positions of the fields are unknown, so each field
    /// that looks like license text becomes a set without a name.
    /// </summary>
    /// <param name="frame">The frame, or the frames of the message joined.</param>
    /// <param name="isCut">True if the end of the message is missing: only complete lines of an unfinished last field count.</param>
    public static IReadOnlyList<LicenseSet> Decode(FlexLmFrame frame, bool isCut = false)
    {
        var fields = new List<string>();
        int end = isCut ? Math.Max(CutText.FindWholeEnd(frame.Data, frame.Data.Length), FindFieldEnd(frame.Data)) : frame.Data.Length;
        foreach (string field in Split(Utf8OrLatin1.Decode(frame.Data, 0, end)))
        {
            if (fields.Count == FieldsOfSet * MostSets)
            {
                break;
            }

            fields.Add(field);
        }

        var sets = new List<LicenseSet>();
        if (fields.Count % FieldsOfSet == 0)
        {
            for (int first = 0; first < fields.Count; first += FieldsOfSet)
            {
                sets.Add(new LicenseSet(fields[first], fields[first + NamesField], fields[first + TextField]));
            }

            return sets;
        }

        foreach (string field in fields)
        {
            if (LooksLikeLicense(field))
            {
                sets.Add(new LicenseSet(string.Empty, string.Empty, field));
            }
        }

        return sets;
    }

    // The fields that have a character, one by one: a hostile message has millions.
    private static IEnumerable<string> Split(string text)
    {
        int end;
        for (int start = 0; start < text.Length; start = end + 1)
        {
            end = text.IndexOfAny(Separators, start);
            end = end < 0 ? text.Length : end;
            string field = text.Substring(start, end - start);
            if (!string.IsNullOrWhiteSpace(field))
            {
                yield return field;
            }
        }
    }

    // The end of the last complete field.
    private static int FindFieldEnd(byte[] data)
    {
        int end = data.Length;
        while (end > 0 && Array.IndexOf(Separators, (char)data[end - 1]) < 0)
        {
            end--;
        }

        return end;
    }

    private static bool LooksLikeLicense(string field) =>
        field.IndexOf("INCREMENT ", StringComparison.OrdinalIgnoreCase) >= 0
        || field.IndexOf("FEATURE ", StringComparison.OrdinalIgnoreCase) >= 0;
}
