using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Creates a feature from the data of a report. lmstat counts reserved licenses as in use even if nobody uses them. It lists
/// a used reservation and also the checkout that uses it. So the number held by checkouts is the sum of their numbers. The
/// number that is reserved and unused is the rest of lmstat's number, at most the listed reservations. lmstat does not show
/// which checkout uses which reservation.
/// </summary>
internal static class FeatureTotals
{
    public static FlexLmFeature Build(FeatureSection section, DateTimeOffset checkedAt, TimeZoneInfo zone)
    {
        PoolSection[] named = [.. section.Pools.Where(pool => pool.IsNamed)];
        long held = section.Pools.Sum(pool => pool.InUse);
        long set = section.Pools.Sum(pool => pool.Reserved);
        var warnings = new List<string>();
        bool isListed = section.Header == FeatureHeader.Counted && IsListed(section, held, set, warnings);
        if (section.LinesInPart > 0)
        {
            warnings.Add(string.Format(CultureInfo.InvariantCulture, "{0}: lines that were not wholly understood: {1}.", PrintableText.EscapeStart(section.Name), section.LinesInPart));
        }

        bool isUseKnown = section.Header == FeatureHeader.Uncounted || (section.Header == FeatureHeader.Counted && (isListed || held + set > 0));
        FlexLmPool[] pools = [.. named.Select(pool => Pool(pool, section, named.Length == 1 && isUseKnown, checkedAt, zone))];
        DateTimeOffset? expires = PoolTotals.NearestExpiry(pools);
        return new FlexLmFeature
        {
            Server = section.Server?.Shown ?? string.Empty,
            Vendor = section.ShownVendor,
            Name = section.Name,
            Version = LicenseVersion.Highest(named.Select(pool => pool.Version)),
            Issued = section.Header == FeatureHeader.Table ? PoolTotals.Sum(pools, pool => pool.Issued) : section.Issued,
            ReportedInUse = section.ReportedInUse,
            InUse = isUseKnown ? PoolTotals.ToCount(held) : null,
            Reserved = isUseKnown ? Unused(section.ReportedInUse, held, set) : null,
            Available = PoolTotals.Available(section.Issued, section.ReportedInUse),
            Queued = section.Header is FeatureHeader.Counted or FeatureHeader.Uncounted ? PoolTotals.ToCount(section.Pools.Sum(pool => pool.Queued)) : null,
            Expires = expires,
            IsExpiryKnown = named.Length > 0 && Array.TrueForAll(named, pool => pool.Expiry != PoolExpiry.Unknown),
            DaysLeft = PoolTotals.DaysLeft(expires, checkedAt, zone),
            LicenseType = TypeOf(section),
            Pools = pools,
            Checkouts = All(section, pools, pool => pool.Checkouts, pool => pool.Checkouts),
            Reservations = All(section, pools, pool => pool.Reservations, pool => pool.Reservations),
            IsComplete = section.LinesInPart == 0 && (section.Header is FeatureHeader.Uncounted or FeatureHeader.Table || isListed),
            Warnings = warnings,
            Error = section.Error,
            CheckedAt = checkedAt,
        };
    }

    /// <summary>True if lmstat reports licenses in use but lists no users.</summary>
    public static bool IsUserless(FeatureSection section) =>
        section.ReportedInUse > 0 && section.Pools.TrueForAll(pool => pool.Checkouts.Count == 0 && pool.Reservations.Count == 0);

    // If there is one pool, as usual, the feature shares the pool's list.
    private static IReadOnlyList<FlexLmCheckout> All(
        FeatureSection section, FlexLmPool[] pools, Func<FlexLmPool, IReadOnlyList<FlexLmCheckout>> listOf, Func<PoolSection, List<FlexLmCheckout>> linesOf) =>
        section.Pools.Count == 1 && pools.Length == 1 ? listOf(pools[0]) : [.. section.Pools.SelectMany(linesOf)];

    private static bool IsListed(FeatureSection section, long held, long set, List<string> warnings)
    {
        if (section.ReportedInUse is not { } reported)
        {
            return false;
        }

        string? warning = IsUserless(section) ? "lists nobody who uses them (--no-user-info, or the output is cut off)"
            : held > reported ? string.Format(CultureInfo.InvariantCulture, "lists users of {0}", held)
            : held + set < reported ? string.Format(CultureInfo.InvariantCulture, "lists users and reservations of {0}", held + set)
            : null;
        if (warning is not null)
        {
            warnings.Add(string.Format(CultureInfo.InvariantCulture, "{0}: lmstat says that {1} are in use, but {2}.", PrintableText.EscapeStart(section.Name), reported, warning));
        }

        return warning is null;
    }

    private static FlexLmPool Pool(PoolSection pool, FeatureSection section, bool isOnly, DateTimeOffset checkedAt, TimeZoneInfo zone) => new()
    {
        Name = pool.Name,
        Version = pool.Version,
        Issued = isOnly ? section.Issued ?? pool.Issued : pool.Issued,
        ReportedInUse = isOnly ? section.ReportedInUse : null,
        InUse = section.Header is FeatureHeader.Table or FeatureHeader.Error ? null : PoolTotals.ToCount(pool.InUse),
        Reserved = isOnly ? Unused(section.ReportedInUse, pool.InUse, pool.Reserved) : null,
        Available = isOnly ? PoolTotals.Available(section.Issued, section.ReportedInUse) : null,
        Queued = section.Header == FeatureHeader.Table ? null : PoolTotals.ToCount(pool.Queued),
        Expires = pool.Expires,
        IsExpiryKnown = pool.Expiry != PoolExpiry.Unknown,
        DaysLeft = PoolTotals.DaysLeft(pool.Expires, checkedAt, zone),
        LicenseType = pool.Type,
        HostId = pool.HostId,
        Checkouts = pool.Checkouts,
        Reservations = pool.Reservations,
        IsComplete = isOnly,
    };

    // An uncounted feature has no number in use: all listed reservations count as unused.
    private static int Unused(int? reported, long held, long set) =>
        PoolTotals.ToCount(reported is { } number ? Math.Min(set, Math.Max(0, number - held)) : set);

    // An uncounted license must have a host id, so this is its type if no line contains one.
    private static FlexLmLicenseType TypeOf(FeatureSection section) =>
        PoolTotals.TypeOf(section.Pools.Select(pool => pool.Type)) is var type and not FlexLmLicenseType.Unknown ? type
            : section.Header == FeatureHeader.Uncounted ? FlexLmLicenseType.UncountedNodeLocked
            : FlexLmLicenseType.Unknown;
}
