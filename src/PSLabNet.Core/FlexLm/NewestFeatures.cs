using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm;

/// <summary>
/// The newest record of each feature. If there are several daemons, lmstat names the daemon only for a feature in use. So a
/// record without a daemon is the same feature, and replaces the older ones.
/// </summary>
internal sealed class NewestFeatures
{
    private readonly Newest<(string Server, string Vendor, string Name), FlexLmFeature> byVendor = new(feature => feature.CheckedAt);

    public void Add(FlexLmFeature feature) => byVendor.Add((feature.Server, feature.Vendor, feature.Name), feature);

    public IReadOnlyList<FlexLmFeature> ToList() => Latest(byVendor.ToList());

    /// <summary>Returns the items and clears the collection.</summary>
    public IReadOnlyList<FlexLmFeature> TakeAll() => Latest(byVendor.TakeAll());

    private static FlexLmFeature[] Latest(IReadOnlyList<FlexLmFeature> all)
    {
        var latest = new Dictionary<(string Server, string Name), DateTimeOffset>();
        foreach (IGrouping<(string Server, string Name), FlexLmFeature> same in all.GroupBy(feature => (feature.Server, feature.Name)))
        {
            if (same.Any(feature => feature.Vendor.Length == 0))
            {
                latest.Add(same.Key, same.Max(feature => feature.CheckedAt));
            }
        }

        return [.. all.Where(feature => !latest.TryGetValue((feature.Server, feature.Name), out DateTimeOffset last) || feature.CheckedAt == last)];
    }
}
