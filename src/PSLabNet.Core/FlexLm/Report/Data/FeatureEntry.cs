using System;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>A feature with the values that the page derives from it.</summary>
internal sealed class FeatureEntry
{
    /// <summary>A bar shows that the feature is getting full from this percentage.</summary>
    public const int BusyPercent = 80;

    public FeatureEntry(FlexLmFeature feature, DateTimeOffset now, ReportThresholds thresholds)
    {
        Feature = feature;
        Used = feature.ReportedInUse ?? feature.InUse + (feature.Reserved ?? 0);
        if (feature.Issued is int issued && issued > 0 && Used is int used)
        {
            Percent = 100.0 * used / issued;
        }

        IsFull = Percent >= thresholds.FullPercent;
        Age = feature.CheckedAt != default && now - feature.CheckedAt >= thresholds.Age ? now - feature.CheckedAt : null;

        // The most urgent pool decides. That includes expired pools, which the feature's own date leaves out.
        Expiry = ExpiryBand.NotKnown;
        foreach (ExpiryEntry expiry in ExpiryEntry.Of(this, now, thresholds))
        {
            if (expiry.Band < Expiry)
            {
                Expiry = expiry.Band;
            }
        }
    }

    public FlexLmFeature Feature { get; }

    /// <summary>Number of the feature on the page, for links.</summary>
    public int Id { get; set; }

    /// <summary>Licenses that are not available to others, in use or reserved; null if unknown.</summary>
    public int? Used { get; }

    /// <summary>Percentage of the licenses issued; null if they are not counted, none is issued, or it is unknown.</summary>
    public double? Percent { get; }

    public bool IsFull { get; }

    /// <summary>How old its numbers are, if they are old; null otherwise.</summary>
    public TimeSpan? Age { get; }

    public bool IsComplete => Feature.IsComplete && Feature.Error is null;

    /// <summary>The most urgent expiry of the pools.</summary>
    public ExpiryBand Expiry { get; }

    /// <summary>Order on the page: the fullest first, then features that are not counted; equal ones by name.</summary>
    public static int ByUse(FeatureEntry left, FeatureEntry right)
    {
        int byPercent = (right.Percent ?? -1).CompareTo(left.Percent ?? -1);
        return byPercent != 0 ? byPercent
            : string.CompareOrdinal(left.Feature.Name, right.Feature.Name) is int byName and not 0 ? byName
            : string.CompareOrdinal(left.Feature.Version, right.Feature.Version);
    }
}
