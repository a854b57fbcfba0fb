using System.Globalization;
using System.Text;

namespace PSLabNet.Text;

/// <summary>
/// Makes text from a network or a file safe to show: control characters, terminal escapes, bidirectional overrides and
/// lone surrogates become visible <c>\xHH</c> or <c>\uHHHH</c>.
/// </summary>
internal static class PrintableText
{
    private static readonly char[] LineCharacters = ['\t', '\r', '\n'];

    /// <summary>Escapes every character that would act on a terminal instead of being shown.</summary>
    /// <param name="text">Any text; null counts as empty.</param>
    /// <returns>The same instance if nothing had to be escaped.</returns>
    public static string Escape(string? text)
    {
        if (text is null)
        {
            return string.Empty;
        }

        if (Characters.ArePrintableAscii(text))
        {
            return text;
        }

        for (int at = 0; at < text.Length; at++)
        {
            if (MustEscape(text, at))
            {
                return EscapeFrom(text, at);
            }
        }

        return text;
    }

    /// <summary>The same for text of several lines: keeps tabs and line breaks (CR, LF).</summary>
    /// <param name="text">Any text; null counts as empty.</param>
    /// <returns>The text, escaped.</returns>
    public static string EscapeLines(string? text)
    {
        if (text is null)
        {
            return string.Empty;
        }

        var result = new StringBuilder(text.Length);
        int start = 0;
        for (int end; (end = text.IndexOfAny(LineCharacters, start)) >= 0; start = end + 1)
        {
            result.Append(Escape(text.Substring(start, end - start))).Append(text[end]);
        }

        return result.Append(Escape(text.Substring(start))).ToString();
    }

    /// <summary>The beginning of a text, escaped, for a message: names from the network can be 64 KiB long.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>At most 64 characters of it, and an ellipsis if there are more.</returns>
    public static string EscapeStart(string text)
    {
        const int Most = 64;
        return Escape(text.Length > Most ? text.Substring(0, Most) + "..." : text);
    }

    private static string EscapeFrom(string text, int first)
    {
        var result = new StringBuilder(text, 0, first, text.Length + 16);
        for (int at = first; at < text.Length; at++)
        {
            char c = text[at];
            if (!MustEscape(text, at))
            {
                result.Append(c);
            }
            else if (c <= 0xFF)
            {
                result.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            }
            else
            {
                result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return result.ToString();
    }

    private static bool MustEscape(string text, int at)
    {
        char c = text[at];
        if (c < 0x7F)
        {
            return c < ' ';
        }

        // The two halves of a pair are one character: either both are escaped or neither.
        if (char.IsSurrogate(c))
        {
            int first = char.IsLowSurrogate(c) ? at - 1 : at;
            return first < 0 || first + 1 == text.Length || !char.IsSurrogatePair(text[first], text[first + 1])
                || IsTag(text[first], text[first + 1]) || IsUnseen(CharUnicodeInfo.GetUnicodeCategory(text, first));
        }

        return IsUnseen(CharUnicodeInfo.GetUnicodeCategory(c));
    }

    // U+E0000 to U+E007F: always invisible, though the category of some does not say so.
    private static bool IsTag(char high, char low) => high == '\uDB40' && low < '\uDC80';

    private static bool IsUnseen(UnicodeCategory category) =>
        category
            is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
