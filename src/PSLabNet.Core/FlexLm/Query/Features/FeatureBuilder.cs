using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Features;

/// <summary>Makes a typed feature of its pools.</summary>
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

        // An uncounted license that the daemon does not know has no number. The numbers of the others are still known.
        FlexLmPool[] tracked = [.. pools.Where(pool => IsCounted(pool) || pool.ReportedInUse is not null)];
        DateTimeOffset? expires = PoolTotals.NearestExpiry(pools);
        return new FlexLmFeature
        {
            Server = server,
            Vendor = vendor,
            Name = PrintableText.Escape(name),
            Version = LicenseVersion.Highest(pools.Select(pool => pool.Version)),
            Issued = PoolTotals.Sum(counted, pool => pool.Issued),
            InUse = PoolTotals.Sum(tracked, pool => pool.InUse),
            Reserved = PoolTotals.Sum(tracked, pool => pool.Reserved),
            Available = PoolTotals.Sum(counted, pool => pool.Available),
            ReportedInUse = PoolTotals.Sum(tracked, pool => pool.ReportedInUse),
            Expires = expires,
            DaysLeft = PoolTotals.DaysLeft(expires, checkedAt, TimeZoneInfo.Local),
            LicenseType = PoolTotals.TypeOf(pools.Select(pool => pool.LicenseType)),
            Pools = pools,
            Checkouts = [.. pools.SelectMany(pool => pool.Checkouts)],
            Reservations = [.. pools.SelectMany(pool => pool.Reservations)],
            IsComplete = pools.All(pool => pool.IsComplete),
            Warnings = [.. warnings],
            Error = pools.Select(pool => pool.Error).FirstOrDefault(error => error is not null),
            CheckedAt = checkedAt,
        };
    }

    /// <summary>A feature that the vendor daemon names but that has no license line. Nothing else is known about it.</summary>
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
}
