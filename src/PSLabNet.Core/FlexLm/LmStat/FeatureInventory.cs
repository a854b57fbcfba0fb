using System;
using System.Collections.Generic;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Reads the table of <c>lmstat -i</c>, which comes from the license file. The order of the columns Vendor and Expires
/// depends on the version; the head of the table shows it.
/// </summary>
internal sealed class FeatureInventory
{
    private readonly FlexLmStatOptions options;
    private readonly StringCache strings;
    private readonly List<FeatureSection> sections = [];
    private readonly Dictionary<(ServerBlock? Server, string Name, string Vendor), FeatureSection> byKey = [];
    private bool isVendorFirst;

    public FeatureInventory(FlexLmStatOptions options, StringCache strings)
    {
        this.options = options;
        this.strings = strings;
    }

    public bool IsEmpty => sections.Count == 0;

    // Feature  Version  #licenses  Expires  Vendor
    public bool TryHeader(TextSlice line)
    {
        int vendor = line.IndexOf("Vendor");
        int expires = line.IndexOf("Expires");
        bool isHeader = line.StartsWith("Feature") && line.IndexOf("Version") > 0 && line.IndexOf("licenses") > 0 && vendor > 0 && expires > 0;
        if (isHeader)
        {
            isVendorFirst = vendor < expires;
        }

        return isHeader;
    }

    public bool TryRow(TextSlice line, ServerBlock? server)
    {
        if (!TryWord(ref line, out TextSlice name) || !TryWord(ref line, out TextSlice version) || !TryWord(ref line, out TextSlice count)
            || line.IsEmpty || version[0] is < '0' or > '9')
        {
            return false;
        }

        TextSlice vendor;
        TextSlice expiry;
        if (isVendorFirst)
        {
            bool hasVendor = TryWord(ref line, out vendor);
            expiry = line;
            if (!hasVendor || expiry.IsEmpty)
            {
                return false;
            }
        }
        else
        {
            // "permanent(no expiration date)" contains blanks, names of vendor daemons do not.
            int blank = line.LastIndexOf(' ');
            if (blank < 0)
            {
                return false;
            }

            vendor = line.From(blank + 1);
            expiry = line.Part(0, blank).TrimEnd();
        }

        bool isUncounted = count.Is("uncounted") || count.Is("UNCOUNTED");
        if (!count.TryNumber(out int licenses) && !isUncounted)
        {
            return false;
        }

        isUncounted |= licenses == 0;
        var pool = new PoolSection
        {
            IsNamed = true,
            Name = strings.Get(name),
            Version = strings.Get(version),
            Issued = isUncounted ? null : licenses,
            Type = isUncounted ? FlexLmLicenseType.Uncounted : FlexLmLicenseType.Unknown,
        };
        if (!PoolLine.TryExpiry(expiry, options.TimeZone, pool))
        {
            return false;
        }

        SectionOf(pool.Name, strings.Get(vendor), server).Pools.Add(pool);
        return true;
    }

    /// <summary>
    /// Adds the table's data to the features of <c>-a</c> if both are in one report, and adds the features that are only in
    /// the table.
    /// </summary>
    public void MergeInto(FeatureLines features)
    {
        var known = new Dictionary<(ServerBlock? Server, string Name, string Vendor), FeatureSection>();
        foreach (FeatureSection section in features.Sections)
        {
            // A table before any server may belong to each of them.
            known[(section.Server, section.Name, section.Vendor)] = section;
            known[(null, section.Name, section.Vendor)] = section;
        }

        foreach (FeatureSection row in sections)
        {
            if (known.TryGetValue((row.Server, row.Name, row.Vendor), out FeatureSection? section)
                || known.TryGetValue((row.Server, row.Name, string.Empty), out section))
            {
                section.Vendor = row.Vendor;
                Merge(row, section);
            }
            else
            {
                features.Sections.Add(row);
            }
        }

        sections.Clear();
        byKey.Clear();
    }

    private static void Merge(FeatureSection row, FeatureSection section)
    {
        if (!section.Pools.Exists(pool => pool.IsNamed))
        {
            section.Pools.AddRange(row.Pools);
            return;
        }

        // Two rows with one version are ambiguous.
        var byVersion = new Dictionary<string, PoolSection?>(StringComparer.Ordinal);
        foreach (PoolSection pool in row.Pools)
        {
            byVersion[pool.Version] = byVersion.ContainsKey(pool.Version) ? null : pool;
        }

        foreach (PoolSection pool in section.Pools)
        {
            if (pool.IsNamed && pool.Expiry == PoolExpiry.Unknown && byVersion.TryGetValue(pool.Version, out PoolSection? only) && only is not null)
            {
                pool.Expiry = only.Expiry;
                pool.Expires = only.Expires;
            }
        }
    }

    private static bool TryWord(ref TextSlice line, out TextSlice word)
    {
        int end = 0;
        while (end < line.Length && line[end] is not (' ' or '\t'))
        {
            end++;
        }

        word = line.Part(0, end);
        line = line.From(end).Trim();
        return end > 0;
    }

    private FeatureSection SectionOf(string name, string vendor, ServerBlock? server)
    {
        (ServerBlock?, string, string) key = (server, name, vendor);
        if (!byKey.TryGetValue(key, out FeatureSection? section))
        {
            section = new FeatureSection(name, FeatureHeader.Table, server) { Vendor = vendor };
            byKey.Add(key, section);
            sections.Add(section);
        }

        return section;
    }
}
