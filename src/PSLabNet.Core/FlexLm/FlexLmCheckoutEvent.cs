using System;

namespace PSLabNet.FlexLm;

/// <summary>What changed between two looks at a license server.</summary>
public enum FlexLmCheckoutEventKind
{
    /// <summary>Licenses were taken.</summary>
    Taken,

    /// <summary>Licenses were given back.</summary>
    Returned,

    /// <summary>The server does not answer any more.</summary>
    ServerDown,

    /// <summary>The server answers again.</summary>
    ServerUp,
}

/// <summary>A license that was taken or given back, or a server that went down or came up.</summary>
public sealed record FlexLmCheckoutEvent
{
    /// <summary>When it was noticed; of a license that was taken, <see cref="FlexLmCheckout.Since"/> says when it happened.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What happened.</summary>
    public FlexLmCheckoutEventKind Kind { get; init; }

    /// <summary>The server as it was asked for.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>Name of the vendor daemon; empty for a server that went down or came up.</summary>
    public string Vendor { get; init; } = string.Empty;

    /// <summary>Name of the feature; empty for a server that went down or came up.</summary>
    public string Feature { get; init; } = string.Empty;

    /// <summary>The user; empty for a server that went down or came up.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>The user's host; empty for a server that went down or came up.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>Number of licenses; 0 for a server that went down or came up.</summary>
    public int Count { get; init; }

    /// <summary>The checkout as the server listed it; null for a server that went down or came up.</summary>
    public FlexLmCheckout? Checkout { get; init; }

    /// <summary>Why the server is down; null otherwise.</summary>
    public FlexLmError? Error { get; init; }

    /// <summary>In one line.</summary>
    /// <returns>For example <c>Taken alice@ws1 MATLAB (1)</c>.</returns>
    public override string ToString() => Checkout is null ? $"{Kind} {Server}" : $"{Kind} {Checkout}";
}
