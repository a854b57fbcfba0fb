using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>A user, with everything that he or she holds on all servers. Case does not matter, as on Windows.</summary>
internal sealed class ReportHolder
{
    private readonly Dictionary<FeatureEntry, long> features = [];
    private readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);

    public ReportHolder(string user) => User = user;

    public string User { get; }

    public long Licenses { get; private set; }

    /// <summary>The features and how many licenses of each, in the order of the page.</summary>
    public IReadOnlyCollection<KeyValuePair<FeatureEntry, long>> Features => features;

    public IReadOnlyCollection<string> Hosts => hosts;

    /// <summary>Start of the longest checkout; null if no start is known.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>The users of all features, who holds most first.</summary>
    public static IReadOnlyList<ReportHolder> Of(IEnumerable<FeatureEntry> entries)
    {
        var byUser = new Dictionary<string, ReportHolder>(StringComparer.OrdinalIgnoreCase);
        foreach (FeatureEntry entry in entries)
        {
            foreach (FlexLmCheckout checkout in entry.Feature.Checkouts)
            {
                if (checkout.Kind != FlexLmCheckoutKind.Checkout)
                {
                    continue;
                }

                if (!byUser.TryGetValue(checkout.User, out ReportHolder? holder))
                {
                    byUser.Add(checkout.User, holder = new ReportHolder(checkout.User));
                }

                holder.Add(entry, checkout);
            }
        }

        var sorted = new List<ReportHolder>(byUser.Values);
        sorted.Sort(MostFirst);
        return sorted;
    }

    private static int MostFirst(ReportHolder left, ReportHolder right) =>
        right.Licenses.CompareTo(left.Licenses) is int byLicenses and not 0 ? byLicenses
            : right.features.Count.CompareTo(left.features.Count) is int byFeatures and not 0 ? byFeatures
            : string.CompareOrdinal(left.User, right.User);

    private void Add(FeatureEntry entry, FlexLmCheckout checkout)
    {
        Licenses += checkout.Count;
        features[entry] = features.TryGetValue(entry, out long held) ? held + checkout.Count : checkout.Count;
        if (checkout.HostName.Length > 0)
        {
            hosts.Add(checkout.HostName);
        }

        if (checkout.Since < (Since ?? DateTimeOffset.MaxValue))
        {
            Since = checkout.Since;
        }
    }
}
