using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Rules about limits that can never apply, or that the vendor daemon replaces.</summary>
internal static class LimitRules
{
    // "The maximum value is 60; the minimum is 1." (DAEMON_SELECT_TIMEOUT)
    private const int MaxSelectSeconds = 60;

    // The shortest TIMEOUT, in seconds, where the publisher sets no other. (TIMEOUT)
    private const int MinTimeoutSeconds = 900;

    // Hours of BORROW on a license line that names none. (MAX_BORROW_HOURS)
    private const int DefaultBorrowHours = 168;

    public static void Check(OptionContext context)
    {
        foreach (FlexLmOption option in context.Options)
        {
            CheckNumber(context, option);
            if (context.Licenses is { } licenses && OptionKeywords.NamesFeature(option))
            {
                CheckAgainstLicenses(context, licenses, option);
            }
        }

        CheckRepeated(context, OptionKeywords.MaxBorrowHours, isLastUsed: true);
        CheckRepeated(context, OptionKeywords.ActivationLowWater, isLastUsed: false);
        CheckRepeated(context, OptionKeywords.ActivationExpiryDays, isLastUsed: false);
    }

    private static void CheckNumber(OptionContext context, FlexLmOption option)
    {
        int number = option.Number ?? 0;
        switch (option.Keyword)
        {
            case OptionKeywords.DaemonSelectTimeout when number is < 1 or > MaxSelectSeconds:
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"{number} seconds is outside 1 to {MaxSelectSeconds}; the nearest of them is used."),
                    "Write a number from 1 to 60.");
                break;
            case OptionKeywords.Timeout or OptionKeywords.TimeoutAll when number is > 0 and < MinTimeoutSeconds:
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"{number} seconds is shorter than the usual minimum of {MinTimeoutSeconds}. The publisher's minimum is used instead."),
                    "Write 900 or more, or the minimum that the publisher names.");
                break;
            case OptionKeywords.Reserve when number == 0:
                context.Add(option, FlexLmOptionSeverity.Information, "The line reserves nothing.", "Remove the line.");
                break;
        }
    }

    private static void CheckAgainstLicenses(OptionContext context, LicensedFeatures licenses, FlexLmOption option)
    {
        IReadOnlyList<FlexLmLicenseLine> lines = licenses.LinesFor(option);
        if (lines.Count == 0)
        {
            return;
        }

        int? issued = licenses.IssuedFor(option);
        switch (option.Keyword)
        {
            case OptionKeywords.Max when option.Number >= issued:
                context.Add(option, FlexLmOptionSeverity.Information,
                    FormattableString.Invariant($"The limit of {option.Number} is never reached: {issued} licenses of '{option.Target}' are issued."),
                    "Remove the line, or set a lower limit.");
                break;
            case OptionKeywords.BorrowLowWater or OptionKeywords.MaxBorrowHours or OptionKeywords.IncludeBorrow or OptionKeywords.ExcludeBorrow
                when lines.All(line => line.Attributes["BORROW"] is null):
                context.Add(option, FlexLmOptionSeverity.Warning, $"No license of '{option.Target}' has BORROW, so none can be borrowed.", "Remove the line.");
                break;
            case OptionKeywords.BorrowLowWater when option.Number >= issued:
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"Nobody can borrow '{option.Target}': {option.Number} licenses stay, and {issued} are issued."),
                    "Set a lower number, unless this is what you want.");
                break;
            case OptionKeywords.MaxBorrowHours when lines.Max(BorrowHoursOf) is var hours && option.Number >= hours:
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"The license file allows {hours} hours for '{option.Target}'; the option can only set fewer."),
                    "Remove the line, or set a lower number.");
                break;
            case OptionKeywords.MaxOverdraft when lines.Sum(line => NumberOf(line, "OVERDRAFT") ?? 0) is var overdraft && option.Number >= overdraft:
                context.Add(option, FlexLmOptionSeverity.Warning,
                    overdraft == 0 ? $"No license of '{option.Target}' has OVERDRAFT."
                        : FormattableString.Invariant($"The license file allows an overdraft of {overdraft} for '{option.Target}'; the option can only set less."),
                    "Remove the line, or set a lower number.");
                break;
        }
    }

    private static void CheckRepeated(OptionContext context, string keyword, bool isLastUsed)
    {
        foreach (IGrouping<string, FlexLmOption> same in context.Options.Where(option => option.Keyword == keyword).GroupBy(option => option.Target, StringComparer.OrdinalIgnoreCase))
        {
            FlexLmOption used = isLastUsed ? same.Last() : same.First();
            foreach (FlexLmOption option in same.Where(option => option != used))
            {
                context.Add(option, FlexLmOptionSeverity.Warning,
                    FormattableString.Invariant($"Line {used.LineNumber} counts for '{option.Target}', and this one does not."), "Remove one of the lines.");
            }
        }
    }

    private static int BorrowHoursOf(FlexLmLicenseLine line) => NumberOf(line, "BORROW") ?? DefaultBorrowHours;

    private static int? NumberOf(FlexLmLicenseLine line, string attribute) =>
        int.TryParse(line.Attributes[attribute], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
