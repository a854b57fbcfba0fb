using System;

namespace PSLabNet.FlexLm;

/// <summary>A checkout, a reservation, or a queued request for licenses of a feature. Text that could act on a terminal is escaped.</summary>
public sealed class FlexLmCheckout
{
    internal FlexLmCheckout()
    {
    }

    /// <summary>Copies another record, so that an initializer can change the copy.</summary>
    internal FlexLmCheckout(FlexLmCheckout other)
    {
        Server = other.Server;
        Vendor = other.Vendor;
        Feature = other.Feature;
        Version = other.Version;
        User = other.User;
        HostName = other.HostName;
        Display = other.Display;
        ReservedFor = other.ReservedFor;
        Count = other.Count;
        Since = other.Since;
        Duration = other.Duration;
        Handle = other.Handle;
        ProcessId = other.ProcessId;
        Kind = other.Kind;
    }

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; internal init; } = string.Empty;

    /// <summary>Name of the feature.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>Version that was checked out, as the server writes it.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>The user; for a reservation, the group or other party that it is for.</summary>
    public string User { get; internal init; } = string.Empty;

    /// <summary>The user's host.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>The user's display or terminal.</summary>
    public string Display { get; internal init; } = string.Empty;

    /// <summary>
    /// The kind of party that a reservation is for, as options files name it: GROUP, HOST, HOST_GROUP, USER, DISPLAY,
    /// INTERNET, PROJECT; empty for other kinds of records.
    /// </summary>
    public string ReservedFor { get; internal init; } = string.Empty;

    /// <summary>
    /// Number of licenses. No frame of the wire protocol contains it. It is known if the frames add up to the server's own
    /// number in use; otherwise it is 1, and the feature is not complete.
    /// </summary>
    public int Count { get; internal init; } = 1;

    /// <summary>Time of the checkout; null if the server does not report it.</summary>
    public DateTimeOffset? Since { get; internal init; }

    /// <summary>Time from the start to the query; null if the start is unknown.</summary>
    public TimeSpan? Duration { get; internal init; }

    /// <summary>The server's handle of the checkout; empty if it is unknown.</summary>
    public string Handle { get; internal init; } = string.Empty;

    /// <summary>Process id of the user's program; null if the server does not report it.</summary>
    public int? ProcessId { get; internal init; }

    /// <summary>Checkout, reservation or queued.</summary>
    public FlexLmCheckoutKind Kind { get; internal init; }

    /// <summary>The record in one line, as people write it.</summary>
    /// <returns>For example <c>alice@ws1 MATLAB (1)</c>.</returns>
    public override string ToString() => Kind == FlexLmCheckoutKind.Reservation
        ? $"{Kind} {User} {Feature} ({Count})"
        : $"{User}@{HostName} {Feature} ({Count})";
}
