using System.Collections.Generic;
using System.Globalization;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// A checkout in an <c>N</c> message of the old generation: NUL-separated ASCII fields from byte 2. Which fields a server
/// sends is unknown, so their form distinguishes them: names come first, in the order user, host, display, version;
/// a Unix time and a number of licenses are digits.
/// </summary>
internal static class LegacyUsage
{
    private const int StatusFields = 3;
    private const int MostNames = 4;

    private enum Form
    {
        Text,
        Version,
        Number,
        Time,
    }

    /// <summary>True if a message contains a checkout, false if it is the status of a license.</summary>
    /// <param name="message">An <c>N</c> message.</param>
    /// <param name="isStatusAwaited">True if the daemon has not answered yet: then a message that begins with a number is the answer.</param>
    public static bool IsUsage(LegacyMessage message, bool isStatusAwaited)
    {
        List<string> fields = Split(message);
        return isStatusAwaited
            ? fields.Count > 0 && !long.TryParse(fields[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : fields.Count != StatusFields || !fields.TrueForAll(field => FormOf(field) is Form.Number or Form.Time);
    }

    /// <summary>Decodes the checkout, as far as its fields can be read.</summary>
    /// <exception cref="FlexLmProtocolException">The message has no field.</exception>
    public static UsageReply Decode(LegacyMessage message)
    {
        List<string> fields = Split(message);
        return fields.Count > 0 ? Read(fields) : throw new FlexLmProtocolException(FlexLmProtocolFault.Truncated, "A checkout has no field.");
    }

    /// <summary>Encodes a checkout with all fields, in the order in which they are read.</summary>
    public static byte[] Encode(UsageReply usage)
    {
        WireWriter writer = new WireWriter().Text(usage.User).Text(usage.Host).Text(usage.Display).Text(usage.Version)
            .Text(usage.Since.ToString(CultureInfo.InvariantCulture));
        return new LegacyMessage(
            LegacyKind.Numbers,
            (usage.Count is { } count ? writer.Text(count.ToString(CultureInfo.InvariantCulture)) : writer).ToArray()).Encode();
    }

    private static UsageReply Read(List<string> fields)
    {
        uint since = 0;
        int? count = null;
        bool isOdd = false;
        var names = new List<string>();
        for (int index = 0; index < fields.Count; index++)
        {
            string field = fields[index];
            Form form = index == 0 ? Form.Text : FormOf(field);
            if (form == Form.Time && since == 0)
            {
                since = uint.Parse(field, NumberStyles.None, CultureInfo.InvariantCulture);
            }
            else if (form == Form.Number && count is null && (since != 0 || names.Count >= MostNames))
            {
                count = int.Parse(field, NumberStyles.None, CultureInfo.InvariantCulture);
            }
            else if (since == 0 && names.Count < MostNames)
            {
                names.Add(field);
            }
            else
            {
                isOdd = true;
            }
        }

        // Without a display, the version is the third field.
        bool hasNoDisplay = names.Count == MostNames - 1 && FormOf(names[MostNames - 2]) == Form.Version;
        string NameAt(int index) => index < names.Count ? names[index] : string.Empty;
        return new UsageReply(UsageKind.Checkout, NameAt(0), NameAt(1), hasNoDisplay ? string.Empty : NameAt(2), NameAt(hasNoDisplay ? 2 : 3))
        {
            Since = since,
            Count = count is > 0 ? count : null,
            HasNumber = false,
            IsPartial = isOdd || since == 0 || NameAt(0).Length == 0 || NameAt(1).Length == 0 || count == 0,
        };
    }

    // Fields may be empty, such as the display; the rest of the message is zero.
    private static List<string> Split(LegacyMessage message)
    {
        var reader = new WireReader(message.Body, 0, message.Body.Length);
        var fields = new List<string>();
        while (reader.Remaining > 0 && !reader.IsRestZero())
        {
            fields.Add(reader.ReadText());
        }

        return fields;
    }

    private static Form FormOf(string field)
    {
        if (long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return number < WireConstants.FirstTime ? Form.Number : number <= uint.MaxValue ? Form.Time : Form.Text;
        }

        return IsVersion(field) ? Form.Version : Form.Text;
    }

    // For example 5.2 or 2024.1b: digits, a dot, digits, and letters at the end. More dots mean an address.
    private static bool IsVersion(string field)
    {
        int dots = 0;
        int letters = 0;
        foreach (char c in field)
        {
            bool isDigit = c is >= '0' and <= '9';
            dots += c == '.' ? 1 : 0;
            letters += isDigit || c == '.' ? 0 : 1;
            if ((letters > 0 && (isDigit || c == '.')) || (!isDigit && c != '.' && !char.IsLetter(c)))
            {
                return false;
            }
        }

        return dots is 1 or 2 && field[0] != '.';
    }
}
