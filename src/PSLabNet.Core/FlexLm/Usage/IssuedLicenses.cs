using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.LicenseFiles;

namespace PSLabNet.FlexLm.Usage;

/// <summary>The licenses issued, for logs, which do not contain them: from license lines, or from features of a server.</summary>
internal sealed class IssuedLicenses
{
    private readonly List<FlexLmLicenseLine> lines = [];
    private readonly Dictionary<(string Vendor, string Feature), Dictionary<string, (DateTimeOffset At, int? Issued)>> byServer = [];
    private Dictionary<(string Vendor, string Feature), int?>? fromLines;

    public void Add(FlexLmLicenseLine line)
    {
        lines.Add(line);
        fromLines = null;
    }

    /// <summary>Notes what a server issues; of several times, the last.</summary>
    public void Add(string server, string vendor, string feature, DateTimeOffset at, int? issued)
    {
        if (!byServer.TryGetValue((vendor, feature), out Dictionary<string, (DateTimeOffset At, int? Issued)>? servers))
        {
            byServer.Add((vendor, feature), servers = new Dictionary<string, (DateTimeOffset, int?)>(StringComparer.Ordinal));
        }

        if (!servers.TryGetValue(server, out (DateTimeOffset At, int? Issued) known) || known.At <= at)
        {
            servers[server] = (at, issued);
        }
    }

    /// <summary>The licenses of a daemon's feature; null if they are not counted, unknown, or issued by several servers.</summary>
    public int? Of(string vendor, string feature)
    {
        fromLines ??= FromLines();
        return fromLines.TryGetValue((vendor, feature), out int? issued) ? issued
            : byServer.TryGetValue((vendor, feature), out Dictionary<string, (DateTimeOffset At, int? Issued)>? servers) && servers.Count == 1 ? servers.Values.First().Issued
            : null;
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
