using System;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>
/// Rules about who may use a feature. EXCLUDE is checked before INCLUDE; if a feature has an INCLUDE list, only those on it may use
/// the feature (License Administration Guide, "Rules of Precedence in Options Files").
/// </summary>
internal static class AccessRules
{
    public static void Check(OptionContext context)
    {
        var access = new ExclusionIndex(context, OptionKeywords.Exclude, OptionKeywords.ExcludeAll);
        CheckIncluded(context, access, OptionKeywords.Include, OptionKeywords.IncludeAll);
        CheckIncluded(context, new ExclusionIndex(context, OptionKeywords.ExcludeBorrow), OptionKeywords.IncludeBorrow);
        CheckReserved(context, access);
    }

    private static void CheckIncluded(OptionContext context, ExclusionIndex exclusions, params string[] keywords)
    {
        foreach (FlexLmOption option in context.Options.Where(option => keywords.Contains(option.Keyword)))
        {
            ExcludedParties excluded = exclusions.Find(option);
            foreach (FlexLmOption line in excluded.Lines)
            {
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"Line {line.LineNumber} excludes {excluded.NamesOf(line)}, and {line.Keyword} takes precedence."),
                    "Remove one of the lines, or the name from one of the groups.");
            }
        }
    }

    private static void CheckReserved(OptionContext context, ExclusionIndex exclusions)
    {
        foreach (FlexLmOption option in context.Options.Where(option => option.Keyword == OptionKeywords.Reserve))
        {
            ExcludedParties excluded = exclusions.Find(option);
            if (excluded.AreAll)
            {
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"Line {excluded.Lines.First().LineNumber} excludes those for whom licenses are reserved, so nobody can use them."),
                    "Remove the reservation, or the exclusion.");
            }
        }
    }
}
