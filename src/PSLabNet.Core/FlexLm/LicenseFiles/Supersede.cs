using System;
using System.Collections.Generic;
using System.Threading;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// Leaves out the lines that others supersede. SUPERSEDE, or SUPERSEDE="f1 f2": "all licenses issued for the listed
/// features earlier than the date specified in ISSUED= or START= are superseded" (FlexNet Operations guide, "Using the
/// SUPERSEDE and SUPERSEDE_SIGN Keywords"); lines with the same date pool together. SUPERSEDE_SIGN names lines by
/// feature and signature.
/// </summary>
internal static class Supersede
{
    private const char SignatureMark = ':';
    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly char[] SignSeparators = [' ', '\t', '"'];

    public static IReadOnlyList<FlexLmLicenseLine> RemoveFrom(IReadOnlyList<FlexLmLicenseLine> lines, CancellationToken stop)
    {
        var before = new Dictionary<string, DateTimeOffset>(StringComparer.OrdinalIgnoreCase);
        var signed = new SignedLines(stop);
        foreach (FlexLmLicenseLine line in lines)
        {
            stop.ThrowIfCancellationRequested();
            if (line.Kind == FlexLmLineKind.Server || line.Attributes.Count == 0)
            {
                continue;
            }

            AddDates(line, before);
            AddSignatures(line, signed);
        }

        if (before.Count == 0 && signed.IsEmpty)
        {
            return lines;
        }

        var live = new List<FlexLmLicenseLine>(lines.Count);
        foreach (FlexLmLicenseLine line in lines)
        {
            stop.ThrowIfCancellationRequested();
            if (!IsOlder(line, before) && !signed.Contains(line))
            {
                live.Add(line);
            }
        }

        return live;
    }

    private static void AddDates(FlexLmLicenseLine line, Dictionary<string, DateTimeOffset> before)
    {
        if (line.Attributes["SUPERSEDE"] is not { } list || (line.Issued ?? line.Starts) is not { } date)
        {
            return;
        }

        foreach (string feature in list.Length == 0 ? [line.Feature] : list.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!before.TryGetValue(feature, out DateTimeOffset other) || other < date)
            {
                before[feature] = date;
            }
        }
    }

    private static void AddSignatures(FlexLmLicenseLine line, SignedLines signed)
    {
        foreach (string entry in (line.Attributes["SUPERSEDE_SIGN"] ?? string.Empty)
            .Split(SignSeparators, StringSplitOptions.RemoveEmptyEntries))
        {
            int mark = entry.IndexOf(SignatureMark);
            if (mark > 0 && mark + 1 < entry.Length)
            {
                signed.Add(entry.Substring(0, mark), entry.Substring(mark + 1));
            }
        }
    }

    // A line without a date was issued at no known time: earlier than one that says when.
    private static bool IsOlder(FlexLmLicenseLine line, Dictionary<string, DateTimeOffset> before) =>
        line.Kind is FlexLmLineKind.Feature or FlexLmLineKind.Increment or FlexLmLineKind.Upgrade or FlexLmLineKind.Package
        && before.TryGetValue(line.Feature, out DateTimeOffset date)
        && !(line.Attributes["SUPERSEDE"] is not null && (line.Issued ?? line.Starts) is null)
        && ((line.Issued ?? line.Starts) is not { } own || own < date);
}
