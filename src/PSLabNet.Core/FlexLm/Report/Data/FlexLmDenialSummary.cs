using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>Requests that vendor daemons refused.</summary>
internal sealed record FlexLmDenialSummary
{
    /// <summary>Total number of denials.</summary>
    public long Total { get; init; }

    /// <summary>Counts by daemon, feature and reason, the most frequent first.</summary>
    public IReadOnlyList<FlexLmDenialGroup> Groups { get; init => field = value.ToIndexable(); } = ResultCollection<FlexLmDenialGroup>.None;

    /// <summary>The last denials, the newest first.</summary>
    public IReadOnlyList<FlexLmLogEvent> Latest { get; init => field = value.ToIndexable(); } = ResultCollection<FlexLmLogEvent>.None;

    /// <summary>Time of the first log event of any kind; null if there was none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Time of the last log event of any kind; null if there was none.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Denials of one feature for one reason.</summary>
internal sealed record FlexLmDenialGroup
{
    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; init; } = string.Empty;

    /// <summary>Name of the feature.</summary>
    public string Feature { get; init; } = string.Empty;

    /// <summary>The reason as in the log.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>FlexLM's error number, negative; null if the log does not contain it.</summary>
    public int? ErrorNumber { get; init; }

    /// <summary>Number of denials.</summary>
    public long Count { get; init; }

    /// <summary>Time of the first denial.</summary>
    public DateTimeOffset First { get; init; }

    /// <summary>Time of the last denial.</summary>
    public DateTimeOffset Last { get; init; }
}
