using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>
/// Licenses that a vendor daemon counts together: lines with the same feature, version and pooling attributes
/// (License Administration Guide, "FEATURE and INCREMENT Lines").
/// </summary>
public sealed class FlexLmPool
{
    internal FlexLmPool()
    {
    }

    /// <summary>Copies another record, so that an initializer can change the copy.</summary>
    internal FlexLmPool(FlexLmPool other)
    {
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
        Starts = other.Starts;
        LicenseType = other.LicenseType;
        HostId = other.HostId;
        ReportedInUse = other.ReportedInUse;
        ServerTime = other.ServerTime;
        Lines = other.Lines;
        Checkouts = other.Checkouts;
        Reservations = other.Reservations;
        IsComplete = other.IsComplete;
        Error = other.Error;
    }

    /// <summary>Name of the feature.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>Version of the lines.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>Licenses issued; null if they are not counted or unknown.</summary>
    public int? Issued { get; internal init; }

    /// <summary>Licenses held by checkouts; null if unknown.</summary>
    public int? InUse { get; internal init; }

    /// <summary>Reserved licenses that nobody uses; null if unknown.</summary>
    public int? Reserved { get; internal init; }

    /// <summary><see cref="Issued"/> minus <see cref="ReportedInUse"/>, at least 0; null if either is unknown.</summary>
    public int? Available { get; internal init; }

    /// <summary>Number of licenses that users wait for; null if the source does not report it (the wire protocol does not).</summary>
    public int? Queued { get; internal init; }

    /// <summary>Last day of the licenses, as its start in local time; null means never, if <see cref="IsExpiryKnown"/>.</summary>
    public DateTimeOffset? Expires { get; internal init; }

    /// <summary>False if the source does not report when the licenses expire. Then an empty <see cref="Expires"/> does not mean never.</summary>
    public bool IsExpiryKnown { get; internal init; } = true;

    /// <summary>Whole days until <see cref="Expires"/>: 0 on the last day, negative after it; null if there is no last day.</summary>
    public int? DaysLeft { get; internal init; }

    /// <summary>First day of the licenses (START); null if there is none.</summary>
    public DateTimeOffset? Starts { get; internal init; }

    /// <summary>How the licenses are bound to hosts.</summary>
    public FlexLmLicenseType LicenseType { get; internal init; }

    /// <summary>The hosts that the licenses are bound to; empty if they are not bound.</summary>
    public string HostId { get; internal init; } = string.Empty;

    /// <summary>The server's own number in use: the sum of checkouts and unused reservations.</summary>
    public int? ReportedInUse { get; internal init; }

    /// <summary>The server's clock when it answered; null if it did not.</summary>
    public DateTimeOffset? ServerTime { get; internal init; }

    /// <summary>The license lines that make up the pool.</summary>
    public IReadOnlyList<FlexLmLicenseLine> Lines { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmLicenseLine>.None;

    /// <summary>The checkouts.</summary>
    public IReadOnlyList<FlexLmCheckout> Checkouts { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmCheckout>.None;

    /// <summary>The reservations.</summary>
    public IReadOnlyList<FlexLmCheckout> Reservations { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmCheckout>.None;

    /// <summary>True if the server answered every request and the numbers add up.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>Why the use of this pool is unknown; null if the server answered.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>MATLAB 52: 3 of 10 in use</c>.</returns>
    public override string ToString() =>
        $"{Name} {Version}: {ReportedInUse?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} of "
        + $"{Issued?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? (LicenseType == FlexLmLicenseType.Unknown ? "?" : "uncounted")} in use";
}
