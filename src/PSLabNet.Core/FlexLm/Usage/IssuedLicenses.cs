using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Usage.Sampled;

namespace PSLabNet.FlexLm.Usage;

/// <summary>The licenses issued, for logs, which do not contain them: from license lines, or from features of a server.</summary>
internal sealed class IssuedLicenses
{
    private readonly List<FlexLmLicenseLine> lines = [];
    private Dictionary<(string Vendor, string Feature), int?>? known;

    public void Add(FlexLmLicenseLine line) => lines.Add(line);

    /// <summary>The licenses of a daemon's feature; null if they are not counted, unknown, or issued by several servers.</summary>
    /// <param name="vendor">The vendor daemon.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="samples">What samples tell. License lines come first.</param>
    public int? Of(string vendor, string feature, SampledUse samples)
    {
        if (known is null)
        {
            known = FromSamples(samples);
            foreach (KeyValuePair<(string Vendor, string Feature), int?> entry in FromLines())
            {
                known[entry.Key] = entry.Value;
            }
        }

        return known.TryGetValue((vendor, feature), out int? issued) ? issued : null;
    }

    // The pools of one server add up; those that are in its last samples.
    private static Dictionary<(string Vendor, string Feature), int?> FromSamples(SampledUse samples)
    {
        var issued = new Dictionary<(string Vendor, string Feature), int?>();
        foreach (IGrouping<(string Vendor, string Feature), KeyValuePair<SampledKey, SampleHistory>> feature in samples.Histories.GroupBy(entry => (entry.Key.Vendor, entry.Key.Feature)))
        {
            long last = feature.Max(pool => pool.Value.Last.At);
            int?[] pools = [.. feature.Where(pool => pool.Value.Last.At == last).Select(pool => pool.Value.Last.Issued)];
            bool isOneServer = feature.Select(pool => pool.Key.Server).Distinct(StringComparer.Ordinal).Count() == 1;
            issued[feature.Key] = isOneServer && !pools.Contains(null) ? (int)Math.Min(int.MaxValue, pools.Sum(pool => (long)pool!.Value)) : null;
        }

        return issued;
    }

    private Dictionary<(string Vendor, string Feature), int?> FromLines()
    {
        var issued = new Dictionary<(string Vendor, string Feature), int?>();
        foreach (IGrouping<string, FlexLmLicenseLine> vendor in lines.GroupBy(line => line.Vendor, StringComparer.Ordinal))
        {
            foreach (IGrouping<string, LicensePool> pools in LicensePools.Of([.. vendor]).GroupBy(pool => pool.Name, StringComparer.Ordinal))
            {
                long sum = pools.Sum(pool => pool.Quantity);
                issued[(vendor.Key, pools.Key)] = pools.Any(pool => pool.IsUncounted) ? null : (int)Math.Min(int.MaxValue, sum);
            }
        }

        return issued;
    }
}
