using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>A feature of a license server: what was issued and what is in use. Numbers that are not known are null.</summary>
public sealed record FlexLmFeature
{
    /// <summary>The server as it was asked for.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; init; } = string.Empty;

    /// <summary>Name of the feature.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Version; the highest where pools have several.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>Licenses issued, over all pools that are counted; null if none is, or if it is not known.</summary>
    public int? Issued { get; init; }

    /// <summary>Licenses that checkouts hold; null if it is not known.</summary>
    public int? InUse { get; init; }

    /// <summary>Licenses set aside and not used; null if it is not known.</summary>
    public int? Reserved { get; init; }

    /// <summary>Issued less <see cref="ReportedInUse"/>, at least 0; null if either is not known.</summary>
    public int? Available { get; init; }

    /// <summary>Licenses that users wait for; null where the source does not tell (the wire does not).</summary>
    public int? Queued { get; init; }

    /// <summary>The nearest last day of a pool that has not expired, at its start in local time; null means never, if <see cref="IsExpiryKnown"/>.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>False where the source does not tell when the licenses expire: an empty <see cref="Expires"/> then does not mean never.</summary>
    public bool IsExpiryKnown { get; init; } = true;

    /// <summary>Whole days until <see cref="Expires"/>: 0 on the last day, negative after it; null if it never comes.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>How the licenses are bound; Mixed if pools differ.</summary>
    public FlexLmLicenseType LicenseType { get; init; }

    /// <summary>The server's own number in use, which counts unused reservations as well.</summary>
    public int? ReportedInUse { get; init; }

    /// <summary>The pools, with the same numbers for each.</summary>
    public IReadOnlyList<FlexLmPool> Pools { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Those who hold licenses.</summary>
    public IReadOnlyList<FlexLmCheckout> Checkouts { get; init => field = value.ToIndexable(); } = [];

    /// <summary>What is set aside.</summary>
    public IReadOnlyList<FlexLmCheckout> Reservations { get; init => field = value.ToIndexable(); } = [];

    /// <summary>True if everything that was asked for was answered and accounts for itself.</summary>
    public bool IsComplete { get; init; }

    /// <summary>What a reader of the numbers must know, for example why they are not complete.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The first error of a pool; null if there was none.</summary>
    public FlexLmError? Error { get; init; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset CheckedAt { get; init; }

    /// <summary>In one line.</summary>
    /// <returns>For example <c>MATLAB: 3 of 10 in use</c>.</returns>
    public override string ToString() =>
        $"{Name}: {ReportedInUse?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} of "
        + $"{Issued?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? (LicenseType == FlexLmLicenseType.Unknown ? "?" : "uncounted")} in use";
}
