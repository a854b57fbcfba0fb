using System.Text;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Samples;

/// <summary>
/// Names that a spreadsheet would run as a formula, made text with an apostrophe. A spreadsheet whose separator is a
/// semicolon also begins a cell after each semicolon of a name, and drops quotes before the formula.
/// </summary>
internal static class FormulaText
{
    private const char Apostrophe = '\'';
    private const char OtherSeparator = ';';

    /// <summary>Writes an apostrophe before each formula; before an apostrophe that stands there already, too.</summary>
    public static string Escape(string text)
    {
        if (!MayBegin(text[0]) && text.IndexOf(OtherSeparator) < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 1);
        for (int at = 0; at < text.Length; at++)
        {
            if (IsCellStart(text, at) && IsFormula(text, at))
            {
                result.Append(Apostrophe);
            }

            result.Append(text[at]);
        }

        return result.ToString();
    }

    /// <summary>Removes what <see cref="Escape"/> has added.</summary>
    public static TextSlice Restore(TextSlice cell)
    {
        string text = cell.ToString();
        var result = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != Apostrophe || !IsCellStart(text, at) || !IsFormula(text, at))
            {
                result.Append(text[at]);
            }
        }

        return TextSlice.Of(result.ToString());
    }

    private static bool IsCellStart(string text, int at) => at == 0 || text[at - 1] == OtherSeparator;

    private static bool IsFormula(string text, int at)
    {
        while (at < text.Length && IsDropped(text[at]))
        {
            at++;
        }

        return at < text.Length && IsSign(text[at]);
    }

    private static bool MayBegin(char c) => IsSign(c) || IsDropped(c);

    private static bool IsDropped(char c) => c is Apostrophe or '"';

    // The wide forms are signs in the Chinese, Japanese and Korean spreadsheets. Tab and CR, which also begin formulas, are
    // escaped as control characters.
    private static bool IsSign(char c) => c is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
}
