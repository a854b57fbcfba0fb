using System;
using System.Globalization;
using System.Linq;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Describes the age of a report. Its objects show the state at that time: the days left, for example, count from the day of
/// the report.
/// </summary>
internal static class ReportAge
{
    private const int MostNames = 10;

    // A report from the last 24 hours is not old.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    /// <summary>Returns a note about an old report.</summary>
    /// <returns>Null if the report is recent, or does not contain its date.</returns>
    public static string? Describe(FlexLmSnapshot snapshot, DateTimeOffset now)
    {
        if (snapshot.ReportedAt is not { } reported || now - reported < Recent)
        {
            return null;
        }

        string[] expired = [.. snapshot.Features.Where(feature => feature.Pools.Any(pool => HasExpired(pool, reported, now))).Select(feature => feature.Name).Distinct(StringComparer.Ordinal)];
        string since = expired.Length == 0 ? string.Empty : $" Licenses of these features have expired since then: {Names(expired)}.";
        return string.Format(CultureInfo.InvariantCulture, "The report is of {0:yyyy-MM-dd HH:mm}, {1} days ago.{2}", reported, (int)(now - reported).TotalDays, since);
    }

    private static bool HasExpired(FlexLmPool pool, DateTimeOffset reported, DateTimeOffset now) =>
        pool.Expires is { } day && day.Date >= reported.Date && day.Date < now.Date;

    private static string Names(string[] names) => names.Length <= MostNames
        ? string.Join(", ", names)
        : string.Format(CultureInfo.InvariantCulture, "{0} and {1} more", string.Join(", ", names.Take(MostNames)), names.Length - MostNames);
}
