using System;
using System.Globalization;

namespace PSLabNet.FlexLm;

/// <summary>Kind of a line of a debug log (License Administration Guide, "Debug Log Messages", "Informational Messages").</summary>
public enum FlexLmLogKind
{
    /// <summary>Anything else; <see cref="FlexLmLogEvent.Text"/> has it.</summary>
    Other,

    /// <summary>OUT: licenses were taken.</summary>
    Out,

    /// <summary>IN: licenses were given back; <see cref="FlexLmLogEvent.Reason"/> says why if the user did not do it.</summary>
    In,

    /// <summary>DENIED: licenses were refused.</summary>
    Denied,

    /// <summary>QUEUED: a user begins to wait.</summary>
    Queued,

    /// <summary>DEQUEUED: a user waits no longer.</summary>
    Dequeued,

    /// <summary>UNSUPPORTED: the server has no such feature.</summary>
    Unsupported,

    /// <summary>EXPIRED: a feature has passed its last day.</summary>
    Expired,

    /// <summary>INUSE.</summary>
    InUse,

    /// <summary>UPGRADE: a checkout was made larger.</summary>
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

/// <summary>A line of a debug log of lmgrd or a vendor daemon. Text is escaped where it could act on a terminal.</summary>
public sealed class FlexLmLogEvent
{
    internal FlexLmLogEvent()
    {
    }

    /// <summary>Copies another record, for an initializer to change.</summary>
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
    /// When it was logged. Most logs have only clock times: then the date is the last one that a line names, plus the
    /// midnights since. A line without a time has the time of the line before it.
    /// </summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>
    /// True if the date comes from this line, an earlier one or the caller. False if it is inferred: from the first
    /// date that follows, else from the time of the file.
    /// </summary>
    public bool IsDateKnown { get; internal init; }

    /// <summary>The daemon that logged it, for example <c>lmgrd</c>; empty for a line without one.</summary>
    public string Daemon { get; internal init; } = string.Empty;

    /// <summary>What it tells.</summary>
    public FlexLmLogKind Kind { get; internal init; }

    /// <summary>The feature; empty if it is about none.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>The user; empty if it is about none.</summary>
    public string User { get; internal init; } = string.Empty;

    /// <summary>The user's host; empty if it is not said.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>Number of licenses; the log names it where it is not 1. 0 if it is about none.</summary>
    public int Count { get; internal init; }

    /// <summary>The text in square brackets: the project (LM_PROJECT), or the publisher's checkout data.</summary>
    public string Project { get; internal init; } = string.Empty;

    /// <summary>Why: of a denial FlexLM's words, of IN for example <c>INACTIVE</c>, <c>SHUTDOWN</c>, <c>USER_REMOVED</c>.</summary>
    public string Reason { get; internal init; } = string.Empty;

    /// <summary>FlexLM's error number, negative; null if none is named.</summary>
    public int? ErrorNumber { get; internal init; }

    /// <summary>FlexLM's minor number; null if none is named.</summary>
    public int? MinorNumber { get; internal init; }

    /// <summary>The operating system's error number; null if none is named.</summary>
    public int? SystemNumber { get; internal init; }

    /// <summary>Of a start or stop that lmgrd logs, the vendor daemon that it is about; empty if it is about itself.</summary>
    public string Target { get; internal init; } = string.Empty;

    /// <summary>Number of the line in its file, from 1; in a log that is followed, since it was opened.</summary>
    public long LineNumber { get; internal init; }

    /// <summary>The log.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>The message, without time and daemon.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>Of a shutdown, true if the daemon has exited; false if it was only asked to.</summary>
    internal bool IsExit { get; init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>2025-01-06 10:01:22 MLM OUT: "MATLAB" alice@ws1</c>.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd HH:mm:ss} {1} {2}", Time, Daemon, Text);
}
