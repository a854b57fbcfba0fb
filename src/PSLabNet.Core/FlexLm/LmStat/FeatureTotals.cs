using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Makes a typed feature of what a report says. lmstat counts reserved licenses as in use, also when nobody uses them,
/// and lists a used reservation as well as the checkout that uses it. So what checkouts hold is the sum of their
/// numbers, and what is reserved and unused is the rest of lmstat's number, as far as reservations are listed. Which
/// checkout uses which reservation, lmstat does not say.
/// </summary>
internal static class FeatureTotals
{
    public static FlexLmFeature Build(FeatureSection section, DateTimeOffset checkedAt)
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
        FlexLmPool[] pools = [.. named.Select(pool => Pool(pool, section, named.Length == 1 && isUseKnown, checkedAt))];
        DateTimeOffset? expires = NearestExpiry(pools);
        return new FlexLmFeature
        {
            Server = section.Server?.Shown ?? string.Empty,
            Vendor = section.ShownVendor,
            Name = section.Name,
            Version = LicenseVersion.Highest(named.Select(pool => pool.Version)),
            Issued = section.Header == FeatureHeader.Table ? Sum(named) : section.Issued,
            ReportedInUse = section.ReportedInUse,
            InUse = isUseKnown ? Clamp(held) : null,
            Reserved = isUseKnown ? Unused(section.ReportedInUse, held, set) : null,
            Available = Available(section.Issued, section.ReportedInUse),
            Queued = section.Header is FeatureHeader.Counted or FeatureHeader.Uncounted ? Clamp(section.Pools.Sum(pool => pool.Queued)) : null,
            Expires = expires,
            IsExpiryKnown = named.Length > 0 && Array.TrueForAll(named, pool => pool.Expiry != PoolExpiry.Unknown),
            DaysLeft = DaysLeft(expires, checkedAt),
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

    /// <summary>True if lmstat says that licenses are in use and lists nobody.</summary>
    public static bool IsUserless(FeatureSection section) =>
        section.ReportedInUse > 0 && section.Pools.TrueForAll(pool => pool.Checkouts.Count == 0 && pool.Reservations.Count == 0);

    // Where there is one pool, as mostly, the feature has the pool's own list.
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

    private static FlexLmPool Pool(PoolSection pool, FeatureSection section, bool isOnly, DateTimeOffset checkedAt) => new()
    {
        Name = pool.Name,
        Version = pool.Version,
        Issued = isOnly ? section.Issued ?? pool.Issued : pool.Issued,
        ReportedInUse = isOnly ? section.ReportedInUse : null,
        InUse = section.Header is FeatureHeader.Table or FeatureHeader.Error ? null : Clamp(pool.InUse),
        Reserved = isOnly ? Unused(section.ReportedInUse, pool.InUse, pool.Reserved) : null,
        Available = isOnly ? Available(section.Issued, section.ReportedInUse) : null,
        Queued = section.Header == FeatureHeader.Table ? null : Clamp(pool.Queued),
        Expires = pool.Expires,
        IsExpiryKnown = pool.Expiry != PoolExpiry.Unknown,
        DaysLeft = DaysLeft(pool.Expires, checkedAt),
        LicenseType = pool.Type,
        HostId = pool.HostId,
        Checkouts = pool.Checkouts,
        Reservations = pool.Reservations,
        IsComplete = isOnly,
    };

    // An uncounted feature has no number in use: what is reserved of it is all that is listed.
    private static int Unused(int? reported, long held, long set) =>
        Clamp(reported is { } number ? Math.Min(set, Math.Max(0, number - held)) : set);

    private static int? Available(int? issued, int? reported) => issued is { } all && reported is { } used ? Math.Max(0, all - used) : null;

    private static int Clamp(long number) => (int)Math.Min(number, int.MaxValue);

    private static int? Sum(PoolSection[] pools) =>
        Array.Exists(pools, pool => pool.Issued is null) ? null : Clamp(pools.Sum(pool => (long)pool.Issued!.Value));

    private static int? DaysLeft(DateTimeOffset? expires, DateTimeOffset checkedAt) =>
        expires is { } day ? (int)(day.Date - checkedAt.Date).TotalDays : null;

    private static FlexLmLicenseType TypeOf(FeatureSection section)
    {
        FlexLmLicenseType[] types = [.. section.Pools.Select(pool => pool.Type).Where(type => type != FlexLmLicenseType.Unknown).Distinct()];
        return types.Length switch
        {
            0 => section.Header == FeatureHeader.Uncounted ? FlexLmLicenseType.UncountedNodeLocked : FlexLmLicenseType.Unknown,
            1 => types[0],
            _ => FlexLmLicenseType.Mixed,
        };
    }

    private static DateTimeOffset? NearestExpiry(FlexLmPool[] pools)
    {
        DateTimeOffset?[] live = [.. pools.Where(pool => pool.DaysLeft is null or >= 0).Select(pool => pool.Expires)];
        return live.Length > 0 ? live.Min() : pools.Select(pool => pool.Expires).DefaultIfEmpty(null).Max();
    }
}
