using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Logs;

/// <summary>How a debug log is read, and which of its events are wanted.</summary>
public sealed record FlexLmLogOptions
{
    /// <summary>Shown as the source of the events; a file's path if it is empty.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The zone of the server; clock times have no offset.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Date of the first line, for a log that does not say it; null to infer it.</summary>
    public DateTime? StartDate { get; init; }

    /// <summary>
    /// Time of the last write, for a log that says no date at all; null for now. Of a log that is read by its path, the
    /// file says it.
    /// </summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>The kinds that are wanted; empty for all.</summary>
    public IReadOnlyCollection<FlexLmLogKind> Kinds { get; init; } = [];

    /// <summary>Only events of features that this is true for; null for all. Events about no feature are asked for with an empty name.</summary>
    public Func<string, bool>? Feature { get; init; }

    /// <summary>Only events of users that this is true for; null for all.</summary>
    public Func<string, bool>? User { get; init; }

    /// <summary>Only events at this time or later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only events at this time or earlier.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Takes what is to be told about a log as a whole, once its last line is read; null for nobody.</summary>
    public Action<string>? OnWarning { get; init; }
}
