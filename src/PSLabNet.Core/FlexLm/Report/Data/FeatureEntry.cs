using System;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>A feature with what the page derives from it.</summary>
internal sealed class FeatureEntry
{
    /// <summary>From here on, in percent of the licenses issued, a feature counts as full.</summary>
    public const int FullPercent = 95;

    /// <summary>From here on, in percent, a bar says that it is getting full.</summary>
    public const int BusyPercent = 80;

    public FeatureEntry(FlexLmFeature feature, DateTimeOffset now)
    {
        Feature = feature;
        Used = feature.ReportedInUse ?? feature.InUse + (feature.Reserved ?? 0);
        if (feature.Issued is int issued && issued > 0 && Used is int used)
        {
            Percent = 100.0 * used / issued;
        }

        // The nearest expiry decides; a pool that has expired is one, although the feature's own date passes over it.
        Expiry = ExpiryBand.NotKnown;
        foreach (ExpiryEntry expiry in ExpiryEntry.Of(this, now))
        {
            if (expiry.Band < Expiry)
            {
                Expiry = expiry.Band;
            }
        }
    }

    public FlexLmFeature Feature { get; }

    /// <summary>Place on the page, for links.</summary>
    public int Id { get; set; }

    /// <summary>Licenses that nobody else can have, in use or reserved; null if it is not known.</summary>
    public int? Used { get; }

    /// <summary>Of the licenses issued; null if they are not counted, none is issued, or it is not known.</summary>
    public double? Percent { get; }

    public bool IsFull => Percent >= FullPercent;

    public bool IsComplete => Feature.IsComplete && Feature.Error is null;

    /// <summary>The most urgent of the pools.</summary>
    public ExpiryBand Expiry { get; }

    /// <summary>Order of the page: the fullest first, then what is not counted, by name where equal.</summary>
    public static int ByUse(FeatureEntry left, FeatureEntry right)
    {
        int byPercent = (right.Percent ?? -1).CompareTo(left.Percent ?? -1);
        return byPercent != 0 ? byPercent
            : string.CompareOrdinal(left.Feature.Name, right.Feature.Name) is int byName and not 0 ? byName
            : string.CompareOrdinal(left.Feature.Version, right.Feature.Version);
    }
}
