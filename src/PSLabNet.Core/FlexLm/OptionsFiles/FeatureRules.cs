using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Rules that compare options with the license file: names of features, and reservations with what is issued.</summary>
internal static class FeatureRules
{
    public static void Check(OptionContext context)
    {
        if (context.Licenses is not { } licenses)
        {
            return;
        }

        foreach (FlexLmOption option in context.Options.Where(OptionKeywords.NamesFeature))
        {
            CheckName(context, licenses, option);
        }

        CheckReservations(context, licenses);
    }

    private static void CheckName(OptionContext context, LicensedFeatures licenses, FlexLmOption option)
    {
        if (!licenses.Contains(option.Feature))
        {
            context.Add(option, FlexLmOptionSeverity.Error, $"The license file has no feature '{option.Feature}'.",
                "Correct the name: Get-FlexLmLicense lists the features. Or remove the line.");
        }
        else if (licenses.SpellingOf(option.Feature) is { } spelling && spelling != option.Feature)
        {
            context.Add(option, FlexLmOptionSeverity.Warning, $"The license file writes '{spelling}'.", $"Write '{spelling}': names may be case-sensitive.");
        }
        else if (option.Modifier.Length > 0 && licenses.LinesFor(option).Count == 0)
        {
            context.Add(option, FlexLmOptionSeverity.Warning, $"No license of '{option.Feature}' has {option.Modifier}.",
                "Compare the value with the license line: it has to be the same.");
        }
    }

    // "The sum total of the licenses reserved must be less than or equal to the number of licenses specified in the FEATURE line. If
    // fewer licenses are available, only the first set of reservations (up to the license limit) is used." (Simple Options File Example)
    private static void CheckReservations(OptionContext context, LicensedFeatures licenses)
    {
        var reserved = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (FlexLmOption option in context.Options.Where(option => option.Keyword == OptionKeywords.Reserve))
        {
            IReadOnlyList<FlexLmLicenseLine> lines = licenses.LinesFor(option);
            if (lines.Count > 0 && lines.All(line => line.IsUncounted))
            {
                context.Add(option, FlexLmOptionSeverity.Warning, $"The licenses of '{option.Target}' are not counted, so none can be reserved.", "Remove the line.");
            }
            else if (licenses.IssuedFor(option) is { } issued)
            {
                reserved.TryGetValue(option.Target, out long before);
                reserved[option.Target] = before + option.Number!.Value;
                if (reserved[option.Target] > issued)
                {
                    context.Add(option, FlexLmOptionSeverity.Error,
                        FormattableString.Invariant($"With this line, {reserved[option.Target]} licenses of '{option.Target}' are reserved, and {issued} are issued. Only the first {issued} are reserved."),
                        "Reserve fewer licenses.");
                }
            }
        }
    }
}
