using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Finds the vendor daemon of features for which the report names none. lmstat lists a name once for each daemon that serves
/// it, in the order of the daemons. So if a name is listed as often as there are daemons, the features without a daemon
/// belong to the remaining daemons, in their order.
/// </summary>
internal static class FeatureVendors
{
    public static void Complete(IReadOnlyList<FeatureSection> sections)
    {
        if (!sections.Any(section => section.Vendor.Length == 0 && section.Server is { Vendors.Count: > 1 }))
        {
            return;
        }

        foreach (IGrouping<(ServerBlock? Server, string Name), FeatureSection> same in sections.GroupBy(section => (section.Server, section.Name)))
        {
            FeatureSection[] unnamed = [.. same.Where(section => section.Vendor.Length == 0)];
            if (same.Key.Server is not { } server || unnamed.Length == 0 || same.Count() != server.Vendors.Count)
            {
                continue;
            }

            string[] left = [.. server.Vendors.Select(vendor => vendor.Name).Except(same.Select(section => section.Vendor), StringComparer.Ordinal)];
            if (left.Length == unnamed.Length)
            {
                for (int place = 0; place < left.Length; place++)
                {
                    Name(unnamed[place], left[place]);
                }
            }
        }
    }

    private static void Name(FeatureSection section, string vendor)
    {
        section.Vendor = vendor;
        foreach (PoolSection pool in section.Pools)
        {
            Name(pool.Checkouts, vendor);
            Name(pool.Reservations, vendor);
        }
    }

    private static void Name(List<FlexLmCheckout> entries, string vendor)
    {
        for (int at = 0; at < entries.Count; at++)
        {
            entries[at] = new FlexLmCheckout(entries[at]) { Vendor = vendor };
        }
    }
}
