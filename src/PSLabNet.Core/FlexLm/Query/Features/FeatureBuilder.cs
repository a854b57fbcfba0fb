using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>Adds the pools of a feature up.</summary>
internal static class FeatureBuilder
{
    public static FlexLmFeature Build(
        string name,
        IReadOnlyList<FlexLmPool> pools,
        IEnumerable<string> warnings,
        string server,
        string vendor,
        DateTimeOffset checkedAt)
    {
        FlexLmPool[] counted = [.. pools.Where(IsCounted)];

        // An uncounted license that the daemon knows nothing of has no number, and makes the others' none the less known.
        FlexLmPool[] tracked = [.. pools.Where(pool => IsCounted(pool) || pool.ReportedInUse is not null)];
        DateTimeOffset? expires = NearestExpiry(pools);
        return new FlexLmFeature
        {
            Server = server,
            Vendor = vendor,
            Name = PrintableText.Escape(name),
            Version = LicenseVersion.Highest(pools.Select(pool => pool.Version)),
            Issued = counted.Length == 0 ? null : Sum(counted, pool => pool.Issued),
            InUse = Sum(tracked, pool => pool.InUse),
            Reserved = Sum(tracked, pool => pool.Reserved),
            Available = counted.Length == 0 ? null : Sum(counted, pool => pool.Available),
            ReportedInUse = Sum(tracked, pool => pool.ReportedInUse),
            Expires = expires,
            DaysLeft = expires is { } day ? (int)(day.LocalDateTime.Date - checkedAt.LocalDateTime.Date).TotalDays : null,
            LicenseType = pools.Select(pool => pool.LicenseType).Distinct().Count() == 1 ? pools[0].LicenseType : FlexLmLicenseType.Mixed,
            Pools = pools,
            Checkouts = [.. pools.SelectMany(pool => pool.Checkouts)],
            Reservations = [.. pools.SelectMany(pool => pool.Reservations)],
            IsComplete = pools.All(pool => pool.IsComplete),
            Warnings = [.. warnings],
            Error = pools.Select(pool => pool.Error).FirstOrDefault(error => error is not null),
            CheckedAt = checkedAt,
        };
    }

    /// <summary>A feature that the vendor daemon names and for which there is no license line: nothing else is known of it.</summary>
    public static FlexLmFeature BuildUnknown(string name, string server, string vendor, DateTimeOffset checkedAt) => new()
    {
        Server = server,
        Vendor = vendor,
        Name = PrintableText.Escape(name),
        IsExpiryKnown = false,
        CheckedAt = checkedAt,
        Warnings = [$"{PrintableText.EscapeStart(name)}: the vendor daemon names it, but there is no license line for it, so its use can't be asked for."],
    };

    private static bool IsCounted(FlexLmPool pool) => pool.LicenseType is FlexLmLicenseType.Floating or FlexLmLicenseType.NodeLocked;

    // What one pool does not know, the sum does not know either.
    private static int? Sum(FlexLmPool[] pools, Func<FlexLmPool, int?> number)
    {
        if (pools.Length == 0)
        {
            return null;
        }

        long sum = 0;
        foreach (FlexLmPool pool in pools)
        {
            if (number(pool) is not { } value)
            {
                return null;
            }

            sum += value;
        }

        return (int)Math.Min(sum, int.MaxValue);
    }

    private static DateTimeOffset? NearestExpiry(IReadOnlyList<FlexLmPool> pools)
    {
        FlexLmPool[] live = [.. pools.Where(pool => pool.DaysLeft is null or >= 0)];
        return live.Length > 0
            ? live.Where(pool => pool.Expires is not null).Select(pool => pool.Expires).DefaultIfEmpty(null).Min()
            : pools.Select(pool => pool.Expires).Max();
    }
}
