using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// The text after "Users of NAME:":
/// <code>
/// (Total of 5 licenses issued;  Total of 1 license in use)
/// (Total of 10 licenses available)
/// (Uncounted, node-locked)
/// (Error: 2 licenses, unsupported by licensed server)
/// Cannot get users of NAME: No such feature exists. (-5,222)
/// </code>
/// </summary>
internal static class FeatureHeaderLine
{
    private const string Total = "Total of ";
    private const string ErrorMark = "(Error: ";

    /// <summary>Reads the text.</summary>
    /// <returns>Null if it has none of these forms.</returns>
    public static FeatureSection? TryRead(string name, TextSlice text, ServerBlock? server, string action)
    {
        if (text.Is("None"))
        {
            return new FeatureSection(name, FeatureHeader.Counted, server) { ReportedInUse = 0 };
        }

        if (text.StartsWith("(Total of "))
        {
            return TryTotals(text, out int issued, out int inUse) ? new FeatureSection(name, FeatureHeader.Counted, server) { Issued = issued, ReportedInUse = inUse }
                : TryAvailable(text, out int available) ? new FeatureSection(name, FeatureHeader.Counted, server) { Issued = available }
                : null;
        }

        if (text.StartsWith("(Uncounted"))
        {
            return new FeatureSection(name, FeatureHeader.Uncounted, server);
        }

        if (text.StartsWith(ErrorMark))
        {
            int end = text.LastIndexOf(')');
            TextSlice details = end < 0 ? text.From(ErrorMark.Length) : text.Part(ErrorMark.Length, end - ErrorMark.Length);
            return new FeatureSection(name, FeatureHeader.Error, server)
            {
                Error = FlexLmErrorTable.Make(FlexLmErrorCode.FeatureNotSupported, action, $"({PrintableText.Escape(details.ToString())})"),
            };
        }

        return text.StartsWith("Cannot get users of ") || ErrorNumbers.TryFind(text, out _)
            ? new FeatureSection(name, FeatureHeader.Error, server) { Error = ErrorNumbers.ToError(text, action) }
            : null;
    }

    // "licenses" may have a word before it, as in "borrowable licenses".
    private static bool TryTotals(TextSlice text, out int issued, out int inUse)
    {
        inUse = 0;
        int second = text.IndexOf(Total, 1 + Total.Length);
        return TryNumberAfter(text, 1, out issued)
            && second > 0
            && text.Part(0, second).IndexOf("issued;") > 0
            && TryNumberAfter(text, second, out inUse)
            && text.IndexOf("in use)", second) > 0;
    }

    // FLEXlm before version 6 shows only the number of licenses.
    private static bool TryAvailable(TextSlice text, out int number) =>
        TryNumberAfter(text, 1, out number) && text.EndsWith(" available)");

    private static bool TryNumberAfter(TextSlice text, int mark, out int number)
    {
        int from = mark + Total.Length;
        int blank = text.IndexOf(' ', from);
        number = 0;
        return blank > from && text.Part(from, blank - from).TryNumber(out number);
    }
}
