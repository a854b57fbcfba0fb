using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>A feature of a license server: what was issued and what is in use. Numbers that are not known are null.</summary>
public sealed class FlexLmFeature
{
    internal FlexLmFeature()
    {
    }

    /// <summary>Copies another record, for an initializer to change.</summary>
    internal FlexLmFeature(FlexLmFeature other)
    {
        Server = other.Server;
        Vendor = other.Vendor;
        Name = other.Name;
        Version = other.Version;
        Issued = other.Issued;
        InUse = other.InUse;
        Reserved = other.Reserved;
        Available = other.Available;
        Queued = other.Queued;
        Expires = other.Expires;
        IsExpiryKnown = other.IsExpiryKnown;
        DaysLeft = other.DaysLeft;
        LicenseType = other.LicenseType;
        ReportedInUse = other.ReportedInUse;
        Pools = other.Pools;
        Checkouts = other.Checkouts;
        Reservations = other.Reservations;
        IsComplete = other.IsComplete;
        Warnings = other.Warnings;
        Error = other.Error;
        CheckedAt = other.CheckedAt;
        Identity = other.Identity;
    }

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; internal init; } = string.Empty;

    /// <summary>Name of the feature.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>Version; the highest where pools have several.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>Licenses issued, over all pools that are counted; null if none is, or if it is not known.</summary>
    public int? Issued { get; internal init; }

    /// <summary>Licenses that checkouts hold; null if unknown.</summary>
    public int? InUse { get; internal init; }

    /// <summary>Licenses set aside and not used; null if unknown.</summary>
    public int? Reserved { get; internal init; }

    /// <summary>Issued less <see cref="ReportedInUse"/>, at least 0; null if either is unknown.</summary>
    public int? Available { get; internal init; }

    /// <summary>Number of licenses that users wait for; null where the source does not say (the wire protocol does not).</summary>
    public int? Queued { get; internal init; }

    /// <summary>The nearest last day of a pool that has not expired, at its start in local time; null means never, if <see cref="IsExpiryKnown"/>.</summary>
    public DateTimeOffset? Expires { get; internal init; }

    /// <summary>False where the source does not say when the licenses expire. Then an empty <see cref="Expires"/> does not mean never.</summary>
    public bool IsExpiryKnown { get; internal init; } = true;

    /// <summary>Whole days until <see cref="Expires"/>: 0 on the last day, negative after it; null if it never comes.</summary>
    public int? DaysLeft { get; internal init; }

    /// <summary>How the licenses are bound; Mixed if pools differ.</summary>
    public FlexLmLicenseType LicenseType { get; internal init; }

    /// <summary>The server's own number in use, which counts unused reservations as well.</summary>
    public int? ReportedInUse { get; internal init; }

    /// <summary>The pools, with the same numbers for each.</summary>
    public IReadOnlyList<FlexLmPool> Pools { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>The checkouts.</summary>
    public IReadOnlyList<FlexLmCheckout> Checkouts { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>The reservations.</summary>
    public IReadOnlyList<FlexLmCheckout> Reservations { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>True if the server answered every request and the numbers add up.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>Notes on the numbers, for example why they are not complete.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>The first error of a pool; null if there was none.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>Time of the query.</summary>
    public DateTimeOffset CheckedAt { get; internal init; }

    /// <summary>Which server answered; null if the feature was read or made elsewhere.</summary>
    internal ServerIdentity? Identity { get; set; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>MATLAB: 3 of 10 in use</c>.</returns>
    public override string ToString() =>
        $"{Name}: {ReportedInUse?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} of "
        + $"{Issued?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? (LicenseType == FlexLmLicenseType.Unknown ? "?" : "uncounted")} in use";
}
