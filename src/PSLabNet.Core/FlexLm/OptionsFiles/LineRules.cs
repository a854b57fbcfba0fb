using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Rules about single lines: their length, their case, and lines that stand twice.</summary>
internal static class LineRules
{
    // "Lines in the options file are limited to 4000 characters." (License Administration Guide, "Managing the Options File")
    private const int MaxLineLength = 4000;

    public static void Check(OptionContext context)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (FlexLmOption option in context.Options)
        {
            if (option.Length > MaxLineLength)
            {
                context.Add(option, FlexLmOptionSeverity.Error,
                    FormattableString.Invariant($"The line has {option.Length} characters, and a vendor daemon reads {MaxLineLength}."),
                    "Write several lines. Several GROUP lines of one name add up.");
            }

            if (option.Spelling.Any(char.IsLower))
            {
                context.Add(option, FlexLmOptionSeverity.Information,
                    $"'{option.Spelling}' is not in capitals. Some license servers take options files as case-sensitive.",
                    $"Write '{option.Spelling.ToUpperInvariant()}'.");
            }

            if (seen.TryGetValue(option.Text, out int first))
            {
                context.Add(option, option.Keyword == OptionKeywords.Reserve ? FlexLmOptionSeverity.Warning : FlexLmOptionSeverity.Information,
                    option.Keyword == OptionKeywords.Reserve
                        ? FormattableString.Invariant($"Line {first} is the same. The reservations add up.")
                        : FormattableString.Invariant($"Line {first} is the same."),
                    "Remove one of the lines.");
            }
            else
            {
                seen.Add(option.Text, option.LineNumber);
            }
        }
    }
}
