using System;

namespace PSLabNet.FlexLm;

/// <summary>The kind of change between two queries of a license server.</summary>
public enum FlexLmCheckoutEventKind
{
    /// <summary>Licenses were checked out.</summary>
    Taken,

    /// <summary>Licenses were returned.</summary>
    Returned,

    /// <summary>The server does not answer any more.</summary>
    ServerDown,

    /// <summary>The server answers again.</summary>
    ServerUp,

    /// <summary>The vendor daemon does not tell about a feature: it refuses the feature, or its answer is malformed.</summary>
    FeatureFailed,

    /// <summary>The vendor daemon tells about the feature again.</summary>
    FeatureRecovered,

    /// <summary>The vendor daemon can't be queried, or a connection to it failed before it had told about all its features.</summary>
    VendorDown,

    /// <summary>The vendor daemon tells about its features again.</summary>
    VendorUp,
}

/// <summary>A license that was taken or given back, a server or vendor daemon that went down or came up, or a feature that failed or recovered.</summary>
public sealed class FlexLmCheckoutEvent
{
    internal FlexLmCheckoutEvent()
    {
    }

    /// <summary>
    /// Time of the query that found the change. For a checkout, <see cref="FlexLmCheckout.Since"/> is the time of the
    /// checkout itself.
    /// </summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>What happened.</summary>
    public FlexLmCheckoutEventKind Kind { get; internal init; }

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>Name of the vendor daemon; empty for a server that went down or came up.</summary>
    public string Vendor { get; internal init; } = string.Empty;

    /// <summary>Name of the feature; empty for events of servers and vendor daemons.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>The user; empty for events of servers, vendor daemons and features.</summary>
    public string User { get; internal init; } = string.Empty;

    /// <summary>The user's host; empty for events of servers, vendor daemons and features.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>Number of licenses; 0 for events of servers, vendor daemons and features.</summary>
    public int Count { get; internal init; }

    /// <summary>The checkout as the server listed it; null for events of servers, vendor daemons and features.</summary>
    public FlexLmCheckout? Checkout { get; internal init; }

    /// <summary>Why the server or the vendor daemon is down, or the feature failed; null otherwise.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>Taken alice@ws1 MATLAB (1)</c>.</returns>
    public override string ToString() =>
        Checkout is not null ? $"{Kind} {Checkout}"
        : Feature.Length > 0 ? $"{Kind} {Feature} {Server}"
        : Vendor.Length > 0 ? $"{Kind} {Vendor} {Server}"
        : $"{Kind} {Server}";
}
