using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>How urgent an expiry is, the most urgent first.</summary>
internal enum ExpiryBand
{
    Expired,
    Soon,
    Next,
    Later,
    Never,
    NotKnown,
}

/// <summary>Licenses that expire on one day: a pool, or a feature without pools.</summary>
internal sealed class ExpiryEntry
{
    private ExpiryEntry(FeatureEntry owner, string version, int? issued, DateTimeOffset? expires, bool isKnown, DateTimeOffset now, ReportThresholds thresholds)
    {
        Owner = owner;
        Version = version;
        Issued = issued;
        Expires = expires;
        DaysLeft = PoolTotals.DaysLeft(expires, now, TimeZoneInfo.Local);
        Band = DaysLeft switch
        {
            null => isKnown ? ExpiryBand.Never : ExpiryBand.NotKnown,
            < 0 => ExpiryBand.Expired,
            int days when days <= thresholds.ExpiryDays => ExpiryBand.Soon,
            int days when days <= thresholds.ListedDays => ExpiryBand.Next,
            _ => ExpiryBand.Later,
        };
    }

    public FeatureEntry Owner { get; }

    public string Version { get; }

    public int? Issued { get; }

    public DateTimeOffset? Expires { get; }

    /// <summary>Days from the report until the last day; null if there is none or it is unknown.</summary>
    public int? DaysLeft { get; }

    public ExpiryBand Band { get; }

    public static IEnumerable<ExpiryEntry> Of(FeatureEntry owner, DateTimeOffset now, ReportThresholds thresholds)
    {
        FlexLmFeature feature = owner.Feature;
        if (feature.Pools.Count == 0)
        {
            yield return new ExpiryEntry(owner, feature.Version, feature.Issued, feature.Expires, feature.IsExpiryKnown, now, thresholds);
        }

        foreach (FlexLmPool pool in feature.Pools)
        {
            yield return new ExpiryEntry(owner, pool.Version, pool.Issued, pool.Expires, pool.IsExpiryKnown, now, thresholds);
        }
    }
}
