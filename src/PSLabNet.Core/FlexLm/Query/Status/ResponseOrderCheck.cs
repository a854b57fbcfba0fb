using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Query.Status;

/// <summary>
/// Finds out whether the answers to a batch of status requests came in the order of the requests. A status names no feature, so
/// the check uses what is known of each: the number of licenses according to the license lines, and the number of frames.
/// </summary>
internal static class ResponseOrderCheck
{
    /// <summary>What shows that the order is wrong; null if nothing does.</summary>
    public static string? FindTrouble(IReadOnlyList<PendingStatus> batch)
    {
        PendingStatus[] answered = [.. batch.Where(question => question.Status is not null)];

        // Frames that are missing for one feature and left over for another were counted for the wrong one.
        if (answered.Any(question => question.UsageCount < question.Status!.InUse)
            && answered.Any(question => question.UsageCount > question.Status!.InUse))
        {
            return "usage frames are missing for one feature and left over for another";
        }

        // The totals are those of the license lines, but in another order.
        long[] expected = [.. answered.Select(question => question.ExpectedTotal)];
        long[] actual = [.. answered.Select(question => (long)question.Status!.Total)];
        return !expected.SequenceEqual(actual) && expected.OrderBy(total => total).SequenceEqual(actual.OrderBy(total => total))
            ? "the numbers of licenses come in another order than the features"
            : null;
    }

    /// <summary>Questions whose answers differ from all others of the batch. Empty if there are none, or if the totals alone show the order.</summary>
    public static IReadOnlyList<PendingStatus> FindProbes(IReadOnlyList<PendingStatus> batch)
    {
        PendingStatus[] answered = [.. batch.Where(question => question.Status is not null)];
        return answered.Length < 2 || answered.Select(question => question.ExpectedTotal).Distinct().Count() == answered.Length
            ? []
            : [.. answered.GroupBy(Describe).Where(group => group.Count() == 1).Select(group => group.First())];
    }

    /// <summary>What shows that a question got the answer of another one in the batch; null if nothing does.</summary>
    public static string? Compare(PendingStatus probe, PendingStatus chosen, IReadOnlyList<PendingStatus> batch)
    {
        if (probe.Status is null)
        {
            return "it answers the same question differently";
        }

        string answer = Describe(probe);
        return answer != Describe(chosen) && batch.Any(other => other != chosen && other.Status is not null && Describe(other) == answer)
            ? "it gives one feature the answer of another"
            : null;
    }

    /// <summary>
    /// Whether a question got the same answer again. Licenses may be taken and returned in between, so a new answer shows nothing
    /// about the order.
    /// </summary>
    public static bool IsSame(PendingStatus probe, PendingStatus chosen) => Describe(probe) == Describe(chosen);

    private static string Describe(PendingStatus question)
    {
        IEnumerable<string> users = question.Usages.Select(usage => FormattableString.Invariant($"{usage.User}@{usage.Host}#{usage.Number}@{usage.Since}"));
        return FormattableString.Invariant($"{question.Status!.InUse}/{question.Status.Total}:") + string.Join(",", users);
    }
}
