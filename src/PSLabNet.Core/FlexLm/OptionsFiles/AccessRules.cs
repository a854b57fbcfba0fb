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
            var excluded =
                from party in context.Parties(option).Distinct()
                let exclusion = exclusions.Find(option, party)
                where exclusion is not null
                group party.Name by exclusion;
            foreach (IGrouping<FlexLmOption, string> names in excluded)
            {
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"Line {names.Key.LineNumber} excludes {List([.. names])}, and {names.Key.Keyword} takes precedence."),
                    "Remove one of the lines, or the name from one of the groups.");
            }
        }
    }

    private static void CheckReserved(OptionContext context, ExclusionIndex exclusions)
    {
        foreach (FlexLmOption option in context.Options.Where(option => option.Keyword == OptionKeywords.Reserve))
        {
            FlexLmOption?[] found = [.. context.Parties(option).Select(party => exclusions.Find(option, party))];
            if (found.Length > 0 && !found.Contains(null))
            {
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"Line {found[0]!.LineNumber} excludes those for whom licenses are reserved, so nobody can use them."),
                    "Remove the reservation, or the exclusion.");
            }
        }
    }

    private static string List(string[] names)
    {
        const int Shown = 5;
        return names.Length <= Shown
            ? string.Join(", ", names)
            : FormattableString.Invariant($"{string.Join(", ", names.Take(Shown))} and {names.Length - Shown} more");
    }
}
