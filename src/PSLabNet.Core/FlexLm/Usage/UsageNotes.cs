using System.Collections.Generic;
using System.Globalization;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage;

/// <summary>Says why numbers of a row are null or uncertain. Each sentence begins with the names of the properties.</summary>
internal static class UsageNotes
{
    public static IEnumerable<string> Of(UsageSubject subject, UsageTally tally, UsageOptions options, bool isParty)
    {
        bool isLog = subject.Kind == UsageRecordKind.Log;
        if (tally.InUse.Total == 0)
        {
            yield return "Average, Median, P95, P99, IdleHours, Needed: the record covers no time. "
                + (isLog ? "The log has one moment only." : "Two samples at different times are the least.");
        }

        if (isParty)
        {
            yield return "ShareAtLimit: licenses are issued to all together.";
        }
        else if (tally.Issued is null)
        {
            yield return isLog
                ? "Issued, ShareAtLimit: a debug log does not contain the licenses issued. Use -LicensePath, or pipe in features too."
                : "Issued, ShareAtLimit: the licenses are not counted, or their number is unknown.";
        }
        else if (tally.LeastIssued < tally.MostIssued)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "Issued: it was {0} at least and {1} at most.", tally.LeastIssued, tally.MostIssued);
        }

        if (!isLog)
        {
            yield return "DenialCount: samples do not contain denials.";
            yield return subject.HasQueue
                ? "Needed: denied requests are not known; the queue is."
                : "Needed: neither the queue nor denied requests are known. At the limit, more licenses may be needed.";
            yield return subject.Kind == UsageRecordKind.Samples
                ? "UserCount, LongestCheckout, MedianCheckout, ShortCheckoutCount: the samples do not contain users."
                : "MedianCheckout, ShortCheckoutCount: samples do not contain the ends of checkouts.";
        }

        if (options.HasParties && !isParty)
        {
            yield return "User, HostName, Group: the record does not contain users.";
        }

        if (subject.LateCount > 0)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "Coverage: {0} samples were left out, because they came after later ones. Sort them by time.", subject.LateCount);
        }
    }
}
