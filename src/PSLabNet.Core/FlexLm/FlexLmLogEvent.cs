using System;
using System.Globalization;

namespace PSLabNet.FlexLm;

/// <summary>Kind of a line of a debug log (License Administration Guide, "Debug Log Messages", "Informational Messages").</summary>
public enum FlexLmLogKind
{
    /// <summary>Any other line; <see cref="FlexLmLogEvent.Text"/> contains it.</summary>
    Other,

    /// <summary>OUT: licenses were checked out.</summary>
    Out,

    /// <summary>IN: licenses were returned; <see cref="FlexLmLogEvent.Reason"/> gives the reason if the user did not return them.</summary>
    In,

    /// <summary>DENIED: licenses were refused.</summary>
    Denied,

    /// <summary>QUEUED: a user starts to wait.</summary>
    Queued,

    /// <summary>DEQUEUED: a user no longer waits.</summary>
    Dequeued,

    /// <summary>UNSUPPORTED: the server has no such feature.</summary>
    Unsupported,

    /// <summary>EXPIRED: a feature has passed its last day.</summary>
    Expired,

    /// <summary>INUSE.</summary>
    InUse,

    /// <summary>UPGRADE: the number of licenses of a checkout was increased.</summary>
    Upgrade,

    /// <summary>A daemon stops.</summary>
    Shutdown,

    /// <summary>A daemon starts.</summary>
    Started,

    /// <summary>A daemon starts again.</summary>
    Restarted,

    /// <summary>TIMESTAMP: the date.</summary>
    Timestamp,
}

/// <summary>A line of a debug log of lmgrd or a vendor daemon. Text that could act on a terminal is escaped.</summary>
public sealed class FlexLmLogEvent
{
    internal FlexLmLogEvent()
    {
    }

    /// <summary>Copies another record, so that an initializer can change the copy.</summary>
    internal FlexLmLogEvent(FlexLmLogEvent other)
    {
        Time = other.Time;
        IsDateKnown = other.IsDateKnown;
        Daemon = other.Daemon;
        Kind = other.Kind;
        Feature = other.Feature;
        User = other.User;
        HostName = other.HostName;
        Count = other.Count;
        Project = other.Project;
        Reason = other.Reason;
        ErrorNumber = other.ErrorNumber;
        MinorNumber = other.MinorNumber;
        SystemNumber = other.SystemNumber;
        Target = other.Target;
        LineNumber = other.LineNumber;
        Source = other.Source;
        Text = other.Text;
        IsExit = other.IsExit;
    }

    /// <summary>
    /// When it was logged. Most logs have only clock times: then the date is the last one in the log before this line, plus
    /// the midnights since. A line without a time has the time of the line before it.
    /// </summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>
    /// True if the date comes from this line, an earlier one or the caller. False if it is inferred: from the first date
    /// that follows, or else from the time of the file.
    /// </summary>
    public bool IsDateKnown { get; internal init; }

    /// <summary>The daemon that logged it, for example <c>lmgrd</c>; empty for a line without one.</summary>
    public string Daemon { get; internal init; } = string.Empty;

    /// <summary>The kind of the event.</summary>
    public FlexLmLogKind Kind { get; internal init; }

    /// <summary>The feature; empty if the line names none.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>The user; empty if the line names none.</summary>
    public string User { get; internal init; } = string.Empty;

    /// <summary>The user's host; empty if the line names none.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>Number of licenses; the log writes it only if it is not 1. 0 if the line is not about licenses.</summary>
    public int Count { get; internal init; }

    /// <summary>The text in square brackets: the project (LM_PROJECT), or the publisher's checkout data.</summary>
    public string Project { get; internal init; } = string.Empty;

    /// <summary>The reason: for a denial FlexLM's words, for IN for example <c>INACTIVE</c>, <c>SHUTDOWN</c>, <c>USER_REMOVED</c>.</summary>
    public string Reason { get; internal init; } = string.Empty;

    /// <summary>FlexLM's error number, negative; null if the line has none.</summary>
    public int? ErrorNumber { get; internal init; }

    /// <summary>FlexLM's minor number; null if the line has none.</summary>
    public int? MinorNumber { get; internal init; }

    /// <summary>The operating system's error number; null if the line has none.</summary>
    public int? SystemNumber { get; internal init; }

    /// <summary>The vendor daemon in a start or stop that lmgrd logs; empty if the line is about lmgrd itself.</summary>
    public string Target { get; internal init; } = string.Empty;

    /// <summary>Number of the line in its file, from 1; for a followed log, counted since it was opened.</summary>
    public long LineNumber { get; internal init; }

    /// <summary>The log.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>The message, without time and daemon.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>For a shutdown, true if the daemon has exited; false if a stop was only requested.</summary>
    internal bool IsExit { get; init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>2025-01-06 10:01:22 MLM OUT: "MATLAB" alice@ws1</c>.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd HH:mm:ss} {1} {2}", Time, Daemon, Text);
}
