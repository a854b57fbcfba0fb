using System;
using System.Globalization;

namespace PSLabNet.FlexLm;

/// <summary>How a session ended.</summary>
public enum FlexLmSessionEnd
{
    /// <summary>It did not end: the log ends before it.</summary>
    Open,

    /// <summary>The user returned the licenses.</summary>
    Returned,

    /// <summary>The server took the licenses back, for the reason in the log: INACTIVE, USER_REMOVED, SHUTDOWN ...</summary>
    TakenBack,

    /// <summary>The daemon stopped or restarted: the licenses were free at the latest then.</summary>
    DaemonStopped,
}

/// <summary>Licenses that a user held for a time: an OUT of a debug log and its IN.</summary>
public sealed class FlexLmLogSession
{
    internal FlexLmLogSession()
    {
    }

    /// <summary>Copies another record, so that an initializer can change the copy.</summary>
    internal FlexLmLogSession(FlexLmLogSession other)
    {
        Daemon = other.Daemon;
        Feature = other.Feature;
        User = other.User;
        HostName = other.HostName;
        Project = other.Project;
        Count = other.Count;
        Start = other.Start;
        End = other.End;
        EndedBy = other.EndedBy;
        Reason = other.Reason;
        IsDateKnown = other.IsDateKnown;
        Source = other.Source;
        StartOrder = other.StartOrder;
    }

    /// <summary>The vendor daemon.</summary>
    public string Daemon { get; internal init; } = string.Empty;

    /// <summary>The feature.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>The user.</summary>
    public string User { get; internal init; } = string.Empty;

    /// <summary>The user's host.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>The project; empty if the log names none.</summary>
    public string Project { get; internal init; } = string.Empty;

    /// <summary>Number of licenses.</summary>
    public int Count { get; internal init; }

    /// <summary>Time of the checkout; null if it was before the log begins.</summary>
    public DateTimeOffset? Start { get; internal init; }

    /// <summary>When the licenses were free again; null if they are still held at the end of the log.</summary>
    public DateTimeOffset? End { get; internal init; }

    /// <summary>How long the licenses were held; null if start or end is unknown.</summary>
    public TimeSpan? Duration => End - Start;

    /// <summary>True if the licenses are still held at the end of the log.</summary>
    public bool IsOpen => EndedBy == FlexLmSessionEnd.Open;

    /// <summary>How the session ended.</summary>
    public FlexLmSessionEnd EndedBy { get; internal init; }

    /// <summary>The log's word for the end, for example <c>INACTIVE</c>; empty if there is none.</summary>
    public string Reason { get; internal init; } = string.Empty;

    /// <summary>False if a date is inferred; see <see cref="FlexLmLogEvent.IsDateKnown"/>.</summary>
    public bool IsDateKnown { get; internal init; }

    /// <summary>The log.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>The place of the checkout among the events of the log: the log's clock may be too coarse to tell.</summary>
    internal long StartOrder { get; init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>MATLAB alice@ws1 (1) 2025-01-06 10:01:22 for 01:00:00</c>.</returns>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0} {1}@{2} ({3}) {4:yyyy-MM-dd HH:mm:ss} {5}",
        Feature,
        User,
        HostName,
        Count,
        Start,
        IsOpen ? "open" : Duration is { } time ? $"for {time:c}" : "ended");
}
