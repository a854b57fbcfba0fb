using System;
using System.Collections.Generic;
using System.Text;
using PSLabNet.FlexLm.Fields;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// Identifies a pool as a vendor daemon does: by the name and the terms of its lines. Two keys of one
/// <see cref="PoolKeys"/> are equal if their lines belong to one pool.
/// </summary>
/// <param name="Name">Name of the feature, upper case.</param>
/// <param name="Version">The version.</param>
/// <param name="Terms">The other fields.</param>
internal readonly record struct PoolKey(string Name, PoolVersion Version, PoolTerms Terms)
{
    /// <summary>The key without VENDOR_STRING. No client can see whether lines that differ only in it are separate pools.</summary>
    public (string Name, PoolVersion Version, object Fields) WithoutVendorString => (Name, Version, Terms.Fields);
}

/// <summary>A version: one object for all ways to write it. Versions are decimal numbers, so 1.0 is 1.000.</summary>
internal sealed class PoolVersion(decimal? number)
{
    /// <summary>The version as a number; null if it is not a number.</summary>
    public decimal? Number { get; } = number;
}

/// <summary>The fields beside name and version: one object for all lines that agree in them.</summary>
internal sealed class PoolTerms(object fields)
{
    /// <summary>Stands for the fields without VENDOR_STRING: one object for all lines that agree in them.</summary>
    public object Fields { get; } = fields;
}

/// <summary>
/// Makes the keys of the pools of one vendor. Equal texts share one object. So the keys of a package's components do not each
/// hold, hash and compare the long attributes of their common line.
/// </summary>
internal sealed class PoolKeys
{
    // License Administration Guide, "FEATURE and INCREMENT Lines". VENDOR_STRING separates pools only if the publisher
    // configured it, which a client can't see. It separates them here, and the server's answers may join them again.
    private static readonly string[] Attributes =
    [
        "BORROW", "DUP_GROUP", "FLOAT_OK", "HOST_BASED", "HOSTID", "PLATFORMS", "PLATFORM", "TZ", "USER_BASED", "VM_PLATFORMS",
    ];

    private readonly Dictionary<decimal, PoolVersion> numbers = [];
    private readonly Dictionary<string, PoolVersion> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<(object Fields, string VendorString), PoolTerms> terms = [];

    public PoolVersion VersionOf(string version)
    {
        if (versions.TryGetValue(version, out PoolVersion? known))
        {
            return known;
        }

        if (LicenseVersion.NumberOf(version) is not { } number)
        {
            known = new PoolVersion(null);
        }
        else if (!numbers.TryGetValue(number, out known))
        {
            numbers.Add(number, known = new PoolVersion(number));
        }

        versions.Add(version, known);
        return known;
    }

    public PoolTerms TermsOf(FlexLmLicenseLine line)
    {
        var text = new StringBuilder().Append(line.IsUncounted ? '0' : '1');
        foreach (string attribute in Attributes)
        {
            string? value = line.Attributes[attribute];
            text.Append('\n').Append(value is null ? "-" : '=' + value.ToUpperInvariant());
        }

        string key = text.ToString();
        if (!fields.TryGetValue(key, out object? same))
        {
            fields.Add(key, same = new object());
        }

        (object, string) whole = (same, line.Attributes["VENDOR_STRING"] ?? string.Empty);
        if (!terms.TryGetValue(whole, out PoolTerms? known))
        {
            terms.Add(whole, known = new PoolTerms(same));
        }

        return known;
    }
}
