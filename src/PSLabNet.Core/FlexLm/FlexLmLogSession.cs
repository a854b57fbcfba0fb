using System;
using System.Globalization;

namespace PSLabNet.FlexLm;

/// <summary>What ended a session.</summary>
public enum FlexLmSessionEnd
{
    /// <summary>Nothing: the log ends before it.</summary>
    Open,

    /// <summary>The user gave the licenses back.</summary>
    Returned,

    /// <summary>The server took them back, for the reason that the log names: INACTIVE, USER_REMOVED, SHUTDOWN ...</summary>
    TakenBack,

    /// <summary>The daemon stopped, or started again: the licenses were free at the latest then.</summary>
    DaemonStopped,
}

/// <summary>Licenses that a user held for a time: an OUT of a debug log with the IN that belongs to it.</summary>
public sealed class FlexLmLogSession
{
    internal FlexLmLogSession()
    {
    }

    /// <summary>Copies another record, for an initializer to change.</summary>
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

    /// <summary>When they were taken; null if that was before the log begins.</summary>
    public DateTimeOffset? Start { get; internal init; }

    /// <summary>When they were free again; null if they are still held where the log ends.</summary>
    public DateTimeOffset? End { get; internal init; }

    /// <summary>How long they were held; null if start or end is not known.</summary>
    public TimeSpan? Duration => End - Start;

    /// <summary>True if they are still held where the log ends.</summary>
    public bool IsOpen => EndedBy == FlexLmSessionEnd.Open;

    /// <summary>What ended it.</summary>
    public FlexLmSessionEnd EndedBy { get; internal init; }

    /// <summary>The log's word for the end, for example <c>INACTIVE</c>; empty if there is none.</summary>
    public string Reason { get; internal init; } = string.Empty;

    /// <summary>False if a date is inferred; see <see cref="FlexLmLogEvent.IsDateKnown"/>.</summary>
    public bool IsDateKnown { get; internal init; }

    /// <summary>The log.</summary>
    public string Source { get; internal init; } = string.Empty;

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
