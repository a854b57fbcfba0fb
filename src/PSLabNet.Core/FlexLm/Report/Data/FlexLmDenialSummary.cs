using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>Requests that vendor daemons refused.</summary>
internal sealed record FlexLmDenialSummary
{
    /// <summary>Number of all of them.</summary>
    public long Total { get; init; }

    /// <summary>Counts by daemon, feature and reason, the most frequent first.</summary>
    public IReadOnlyList<FlexLmDenialGroup> Groups { get; init => field = value.ToIndexable(); } = ResultCollection<FlexLmDenialGroup>.None;

    /// <summary>The last ones, the newest first.</summary>
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

    /// <summary>The reason as the log says it.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>FlexLM's error number, negative; null if the log does not say it.</summary>
    public int? ErrorNumber { get; init; }

    /// <summary>How many.</summary>
    public long Count { get; init; }

    /// <summary>The first.</summary>
    public DateTimeOffset First { get; init; }

    /// <summary>The last.</summary>
    public DateTimeOffset Last { get; init; }
}
