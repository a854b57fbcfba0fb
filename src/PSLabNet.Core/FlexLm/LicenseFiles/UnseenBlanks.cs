using System.Globalization;
using System.Text;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// Characters between words that look like a blank, or like nothing, and that mail programs and web pages put into license
/// files: non-breaking and other spaces, zero-width characters, a byte order mark within the text. FlexLM takes each for
/// a part of a word, so it does not understand the line. Within quotes they are text.
/// </summary>
internal static class UnseenBlanks
{
    private const char LastAscii = '\x7F';
    private const char NextLine = '\x85';
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Puts a blank in place of each that has a width, and leaves out the others.</summary>
    /// <param name="line">A physical line.</param>
    /// <param name="quotesBefore">Number of quotes in the lines that it continues.</param>
    /// <param name="first">The first such character; null if there is none.</param>
    public static string Replace(string line, int quotesBefore, out char? first)
    {
        first = null;
        if (Characters.AreAscii(line))
        {
            return line;
        }

        bool isInQuotes = quotesBefore % 2 != 0;
        StringBuilder? text = null;
        for (int at = 0; at < line.Length; at++)
        {
            char c = line[at];
            isInQuotes ^= c == '"';
            if (c <= LastAscii || isInQuotes || !IsUnseen(c) || (c == ByteOrderMark && at == 0))
            {
                text?.Append(c);
                continue;
            }

            first ??= c;
            text ??= new StringBuilder(line, 0, at, line.Length);
            text.Append(HasWidth(c) ? " " : string.Empty);
        }

        return text?.ToString() ?? line;
    }

    /// <summary>The warning for a user.</summary>
    public static string Warning(char first) => string.Format(
        CultureInfo.InvariantCulture,
        "An unseen character (U+{0:X4}) stands between words. FlexLM does not take it for a blank: replace it with a space.",
        (int)first);

    private static bool IsUnseen(char c) => HasWidth(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static bool HasWidth(char c) =>
        c == NextLine || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
