using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm;

/// <summary>Combines the pools of a feature. The wire protocol and lmstat share these rules.</summary>
internal static class PoolTotals
{
    /// <summary>
    /// The earliest last day of the pools that have not expired; null if one of them never expires and no other has a last
    /// day. If all have expired, the latest last day.
    /// </summary>
    public static DateTimeOffset? NearestExpiry(IEnumerable<FlexLmPool> pools)
    {
        DateTimeOffset?[] all = [.. pools.Select(pool => pool.Expires)];
        DateTimeOffset?[] live = [.. pools.Where(pool => pool.DaysLeft is null or >= 0).Select(pool => pool.Expires)];
        return live.Length > 0 ? live.Min() : all.Max();
    }

    /// <summary>
    /// Whole days from today to a last day: 0 on that day, negative after it; null if there is no last day. A last day is a
    /// date that its source wrote, so both days are in the source's zone: the zone of its clock if that zone has the offset
    /// of the last day, otherwise that fixed offset, which has no summer time.
    /// </summary>
    public static int? DaysLeft(DateTimeOffset? lastDay, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (lastDay is not { } day)
        {
            return null;
        }

        DateTimeOffset today = zone.GetUtcOffset(day) == day.Offset ? TimeZoneInfo.ConvertTime(now, zone) : now.ToOffset(day.Offset);
        return (day.Date - today.Date).Days;
    }

    /// <summary>The sum of one number over all pools; null if there are no pools, or the number of one is unknown.</summary>
    public static int? Sum(IReadOnlyCollection<FlexLmPool> pools, Func<FlexLmPool, int?> number)
    {
        bool isKnown = pools.Count > 0 && pools.All(pool => number(pool) is not null);
        return isKnown ? ToCount(pools.Sum(pool => (long)number(pool)!.Value)) : null;
    }

    /// <summary>Issued minus in use, at least 0; null if either is unknown.</summary>
    public static int? Available(int? issued, int? reportedInUse) =>
        issued is { } all && reportedInUse is { } used ? Math.Max(0, all - used) : null;

    /// <summary>The type, if all known types are equal; Mixed if they differ; Unknown if none is known.</summary>
    public static FlexLmLicenseType TypeOf(IEnumerable<FlexLmLicenseType> types)
    {
        FlexLmLicenseType[] known = [.. types.Where(type => type != FlexLmLicenseType.Unknown).Distinct()];
        return known.Length switch
        {
            0 => FlexLmLicenseType.Unknown,
            1 => known[0],
            _ => FlexLmLicenseType.Mixed,
        };
    }

    /// <summary>A sum as a count, limited to the largest count.</summary>
    public static int ToCount(long number) => (int)Math.Min(number, int.MaxValue);
}
