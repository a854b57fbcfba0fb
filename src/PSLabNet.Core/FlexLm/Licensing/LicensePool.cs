using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PSLabNet.FlexLm.Licensing;

/// <summary>Lines that a vendor daemon counts together, with the licenses that they make up.</summary>
internal sealed class LicensePool
{
    private readonly List<FlexLmLicenseLine> lines = [];

    public LicensePool(FlexLmLicenseLine first, string name, string version)
    {
        Name = name;
        Version = version;
        HostId = first.HostId;
        IsUncounted = first.IsUncounted;
        lines.Add(first);
    }

    public string Name { get; }

    public string Version { get; }

    public string HostId { get; }

    public bool IsUncounted { get; }

    /// <summary>Licenses by the lines; 0 if uncounted.</summary>
    public long Quantity { get; set; }

    public IReadOnlyList<FlexLmLicenseLine> Lines => lines;

    public FlexLmLicenseType Type => (IsUncounted, HostId.Length > 0 && !IsAny(HostId)) switch
    {
        (false, false) => FlexLmLicenseType.Floating,
        (false, true) => FlexLmLicenseType.NodeLocked,
        (true, false) => FlexLmLicenseType.Uncounted,
        (true, true) => FlexLmLicenseType.UncountedNodeLocked,
    };

    public void Add(FlexLmLicenseLine line) => lines.Add(line);

    public LicensePool JoinedWith(IReadOnlyCollection<LicensePool> others)
    {
        var joined = new LicensePool(lines[0], Name, Version) { Quantity = Quantity + others.Sum(other => other.Quantity) };
        joined.lines.AddRange(lines.GetRange(1, lines.Count - 1));
        foreach (LicensePool other in others)
        {
            joined.lines.AddRange(other.lines);
        }

        return joined;
    }

    /// <summary>The nearest last day that is not past; if all are past the latest; null for never.</summary>
    public DateTimeOffset? ExpiresAsOf(DateTimeOffset now)
    {
        DateTime today = now.LocalDateTime.Date;
        DateTimeOffset? nearest = null;
        DateTimeOffset? latestPast = null;
        bool isLive = false;
        foreach (FlexLmLicenseLine line in lines)
        {
            if (line.Expires is not { } expires)
            {
                isLive = true;
            }
            else if (expires.LocalDateTime.Date >= today)
            {
                isLive = true;
                nearest = nearest is { } other && other <= expires ? other : expires;
            }
            else
            {
                latestPast = latestPast is { } other && other >= expires ? other : expires;
            }
        }

        return isLive ? nearest : latestPast;
    }

    /// <summary>Signatures to ask with, those of the first line first, no more than are worth a try.</summary>
    public IReadOnlyList<string> Signatures()
    {
        const int Most = 8;
        var result = new List<string>();
        foreach (FlexLmLicenseLine line in lines)
        {
            foreach (string signature in LicenseSignature.Candidates(line))
            {
                if (result.Count < Most && !result.Contains(signature))
                {
                    result.Add(signature);
                }
            }
        }

        return result;
    }

    private static bool IsAny(string hostId) =>
        string.Equals(hostId, "ANY", StringComparison.OrdinalIgnoreCase) || string.Equals(hostId, "DEMO", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The fields by which a vendor daemon tells pools apart.</summary>
internal static class PoolKey
{
    // License Administration Guide, "FEATURE and INCREMENT Lines". VENDOR_STRING counts only if the publisher
    // configured it, which a client can't see: it parts pools here, and what the server then answers joins them again.
    private static readonly string[] Attributes =
    [
        "BORROW", "DUP_GROUP", "FLOAT_OK", "HOST_BASED", "HOSTID", "PLATFORMS", "PLATFORM", "TZ", "USER_BASED", "VM_PLATFORMS",
    ];

    public static string Of(FlexLmLicenseLine line, string name, string version)
    {
        var key = new StringBuilder(WithoutVendorString(line, name, version));
        return key.Append('\n').Append(line.Attributes["VENDOR_STRING"] ?? string.Empty).ToString();
    }

    public static string WithoutVendorString(FlexLmLicenseLine line, string name, string version)
    {
        StringBuilder key = new StringBuilder(name.ToUpperInvariant()).Append('\n').Append(NormalVersion(version))
            .Append('\n').Append(line.IsUncounted ? '0' : '1');
        foreach (string attribute in Attributes)
        {
            string? value = line.Attributes[attribute];
            key.Append('\n').Append(value is null ? "-" : '=' + value.ToUpperInvariant());
        }

        return key.ToString();
    }

    /// <summary>Versions are decimal numbers: 1.0 is 1.000.</summary>
    public static string NormalVersion(string version) =>
        TryVersion(version, out decimal number) ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture) : version;

    public static bool TryVersion(string version, out decimal number) =>
        decimal.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
