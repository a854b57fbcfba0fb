using System;
using System.Collections.Generic;
using System.Globalization;

namespace PSLabNet.FlexLm;

/// <summary>The report of one run of lmstat, as the same objects as over the wire.</summary>
public sealed class FlexLmSnapshot
{
    internal FlexLmSnapshot()
    {
    }

    /// <summary>File or server that the report comes from; empty if it is unknown.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>The license servers, one for each "License server status" of the report, with their vendor daemons.</summary>
    public IReadOnlyList<FlexLmServerStatus> Servers { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmServerStatus>.None;

    /// <summary>The vendor daemons of all servers.</summary>
    public IReadOnlyList<FlexLmVendorStatus> Vendors { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmVendorStatus>.None;

    /// <summary>
    /// The features, in the order of the report. lmstat reports version, expiry and type only for features that are in use:
    /// without <c>-i</c>, <see cref="FlexLmFeature.LicenseType"/> Unknown means that the expiry is unknown too.
    /// </summary>
    public IReadOnlyList<FlexLmFeature> Features { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmFeature>.None;

    /// <summary>The lines that were not understood, or only in part.</summary>
    public IReadOnlyList<FlexLmUnparsedLine> Unparsed { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmUnparsedLine>.None;

    /// <summary>When lmstat ran, by its own clock; null if the report does not contain the time (<c>-i</c> alone does not).</summary>
    public DateTimeOffset? ReportedAt { get; internal init; }

    /// <summary>Notes on the numbers, for example why they are incomplete.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = value.ToIndexable(); } = ResultCollection<string>.None;

    /// <summary>
    /// False if the report ends in the middle: a section without its lines, a feature that lists fewer users than it
    /// has licenses in use, or a last line that is not understood. A report cut between two features looks complete.
    /// </summary>
    public bool IsComplete { get; internal init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>27000@lic1: 12 features, 2025-02-10 11:26</c>.</returns>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: {1} features, {2:yyyy-MM-dd HH:mm}",
        Servers.Count > 0 ? Servers[0].Server : Source,
        Features.Count,
        ReportedAt);
}

/// <summary>A line that was not understood.</summary>
public sealed class FlexLmUnparsedLine
{
    internal FlexLmUnparsedLine(long lineNumber, string text)
    {
        LineNumber = lineNumber;
        Text = text;
    }

    /// <summary>Number of the line in the input, from 1.</summary>
    public long LineNumber { get; }

    /// <summary>The line without surrounding blanks, escaped. A line of more than 65,536 characters is cut.</summary>
    public string Text { get; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>12: what is this</c>.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1}", LineNumber, Text);
}

/// <summary>Data that the output of lmstat does not contain.</summary>
public sealed record FlexLmStatOptions
{
    /// <summary>File that the text comes from; shown in the snapshot.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The server, as the caller named it; empty to use the name in the report.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>The time zone in which lmstat ran; its texts have no offset.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Time to use for a report that does not contain its own time.</summary>
    public DateTimeOffset ReadAt { get; init; } = DateTimeOffset.Now;
}
