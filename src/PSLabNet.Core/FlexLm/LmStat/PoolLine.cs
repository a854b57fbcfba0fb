using System;
using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// The lines below a feature that describe one pool of its licenses:
/// <code>
/// "NAME" v52, vendor: MLM, expiry: 30-dec-2025
/// vendor_string: ...
/// nodelocked license, locked to "ID=..."
/// </code>
/// </summary>
internal sealed class PoolLine
{
    private const string VendorMark = ", vendor: ";
    private const string ExpiryMark = ", expiry: ";
    private const string LockMark = "locked to ";

    private readonly TimeZoneInfo zone;
    private readonly StringCache strings;

    public PoolLine(TimeZoneInfo zone, StringCache strings)
    {
        this.zone = zone;
        this.strings = strings;
    }

    /// <summary>Reads a line that describes a pool of the section.</summary>
    /// <returns>Null if it does not describe a pool.</returns>
    public LineResult? TryRead(TextSlice line, FeatureSection section)
    {
        if (line[0] == '"' && TryName(line, section) is { } named)
        {
            return named;
        }

        return line.StartsWith("vendor_string:") || TryType(line, section) ? LineResult.Understood : null;
    }

    /// <summary>Reads 30-dec-2025, 1-jan-0, permanent, permanent(no expiration date).</summary>
    public static bool TryExpiry(TextSlice text, TimeZoneInfo zone, PoolSection pool)
    {
        int bracket = text.IndexOf('(');
        TextSlice date = bracket > 0 ? text.Part(0, bracket).Trim() : text;
        if (!LicenseDate.TryParse(date.ToString(), out DateTimeOffset? expires))
        {
            return false;
        }

        pool.Expiry = expires is null ? PoolExpiry.Never : PoolExpiry.Day;
        pool.Expires = expires is { } day ? LocalTime.In(zone, day.Date) : null;
        return true;
    }

    private LineResult? TryName(TextSlice line, FeatureSection section)
    {
        int vendor = line.LastIndexOf(VendorMark);
        int quote = vendor < 0 ? -1 : line.Part(0, vendor).LastIndexOf("\" v");
        if (quote < 1)
        {
            return null;
        }

        TextSlice rest = line.From(vendor + VendorMark.Length);
        int expiry = rest.IndexOf(ExpiryMark);
        string name = strings.Get((expiry < 0 ? rest : rest.Part(0, expiry)).Trim());
        var pool = new PoolSection
        {
            IsNamed = true,
            Name = strings.Get(line.Part(1, quote - 1)),
            Version = strings.Get(line.Part(quote + 3, vendor - quote - 3).Trim()),
        };
        bool isDateKnown = expiry < 0 || TryExpiry(rest.From(expiry + ExpiryMark.Length).Trim(), zone, pool);
        section.Vendor = name;

        // Lines above the first pool line belong to no named pool.
        section.Pools.Add(pool);
        section.LinesInPart += isDateKnown ? 0 : 1;
        return isDateKnown ? LineResult.Understood : LineResult.Partly;
    }

    private static bool TryType(TextSlice line, FeatureSection section)
    {
        FlexLmLicenseType? type = line.StartsWith("floating license") ? FlexLmLicenseType.Floating
            : line.StartsWith("nodelocked license") ? FlexLmLicenseType.NodeLocked
            : line.StartsWith("uncounted nodelocked license") ? FlexLmLicenseType.UncountedNodeLocked
            : line.StartsWith("uncounted floating license") || line.StartsWith("uncounted license") ? FlexLmLicenseType.Uncounted
            : null;
        if (type is null || UsageLine.TryRead(line, out _))
        {
            return false;
        }

        int locked = line.IndexOf(LockMark);
        TextSlice host = locked < 0 ? default : line.From(locked + LockMark.Length).Trim();
        bool isAny = host.StartsWith("NOTHING");
        host = host.Length > 1 && host[0] == '"' && host[host.Length - 1] == '"' ? host.Part(1, host.Length - 2) : host;
        PoolSection pool = section.Current;
        pool.Type = type == FlexLmLicenseType.UncountedNodeLocked && isAny ? FlexLmLicenseType.Uncounted : type.Value;
        pool.HostId = isAny ? string.Empty : PrintableText.Escape(host.ToString());
        return true;
    }
}
