using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Logs;

/// <summary>How a debug log is read, and which of its events are returned.</summary>
public sealed record FlexLmLogOptions
{
    /// <summary>Shown as the source of the events; if it is empty, the path of the file is used.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The server's time zone; clock times have no offset.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Date of the first line, for a log that does not contain it; null to infer it.</summary>
    public DateTime? StartDate { get; init; }

    /// <summary>
    /// Time of the last write, for a log that contains no date at all; null for now. For a log that is read by its path, the
    /// file provides this time.
    /// </summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>The kinds of events to return; empty for all.</summary>
    public IReadOnlyCollection<FlexLmLogKind> Kinds { get; init; } = [];

    /// <summary>Returns only events of features for which this is true; null for all. For events without a feature, the name is empty.</summary>
    public Func<string, bool>? Feature { get; init; }

    /// <summary>Returns only events of users for which this is true; null for all.</summary>
    public Func<string, bool>? User { get; init; }

    /// <summary>Returns only events at this time or later; null for no limit.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Returns only events at this time or earlier; null for no limit.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Receives a warning about the log as a whole, after its last line; null to ignore it.</summary>
    public Action<string>? OnWarning { get; init; }
}
