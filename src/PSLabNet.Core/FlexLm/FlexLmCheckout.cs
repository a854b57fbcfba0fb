using System;

namespace PSLabNet.FlexLm;

/// <summary>Who holds, waits for, or has reserved licenses of a feature. Text is escaped where it could act on a terminal.</summary>
public sealed record FlexLmCheckout
{
    /// <summary>The server as it was asked for.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; init; } = string.Empty;

    /// <summary>Name of the feature.</summary>
    public string Feature { get; init; } = string.Empty;

    /// <summary>Version that was checked out, as the server says it.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The user; of a reservation, the group or other party that it is for.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>The user's host.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>The user's display or terminal.</summary>
    public string Display { get; init; } = string.Empty;

    /// <summary>
    /// Of a reservation, what kind of party it is for, as options files name it: GROUP, HOST, HOST_GROUP, USER, DISPLAY,
    /// INTERNET, PROJECT; else empty.
    /// </summary>
    public string ReservedFor { get; init; } = string.Empty;

    /// <summary>
    /// Number of licenses. Over the wire no frame says it: it is known where the frames account for the server's own
    /// number in use, else it is 1 and the feature is not complete.
    /// </summary>
    public int Count { get; init; } = 1;

    /// <summary>When it was taken; null if the server does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How long it was held when the server was asked; null if the start is not known.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The server's handle of the checkout; empty if it is not known.</summary>
    public string Handle { get; init; } = string.Empty;

    /// <summary>Process id of the user's program; null where the server does not say.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Checkout, reservation or queued.</summary>
    public FlexLmCheckoutKind Kind { get; init; }

    /// <summary>In one line, as people write it.</summary>
    /// <returns>For example <c>alice@ws1 MATLAB (1)</c>.</returns>
    public override string ToString() => Kind == FlexLmCheckoutKind.Reservation
        ? $"{Kind} {User} {Feature} ({Count})"
        : $"{User}@{HostName} {Feature} ({Count})";
}
