using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm;

/// <summary>
/// Features as they were last. lmstat names the vendor daemon only of a feature that somebody uses, where there are
/// several daemons: without it, it is the same feature, and what was known of it before is past.
/// </summary>
internal sealed class NewestFeatures
{
    private readonly Newest<(string Server, string Vendor, string Name), FlexLmFeature> byVendor = new(feature => feature.CheckedAt);

    public void Add(FlexLmFeature feature) => byVendor.Add((feature.Server, feature.Vendor, feature.Name), feature);

    public IReadOnlyList<FlexLmFeature> ToList() => Latest(byVendor.ToList());

    /// <summary>Gives what there is, and forgets it.</summary>
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
