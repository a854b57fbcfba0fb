using System;

namespace PSLabNet.FlexLm;

/// <summary>A line of a license file.</summary>
public sealed class FlexLmLicenseLine
{
    internal FlexLmLicenseLine()
    {
    }

    /// <summary>The keyword.</summary>
    public FlexLmLineKind Kind { get; internal init; }

    /// <summary>Name of the feature or package; for a SERVER line, the host; empty for the others.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>Name of the vendor daemon; empty for SERVER and USE_SERVER.</summary>
    public string Vendor { get; internal init; } = string.Empty;

    /// <summary>Version; for UPGRADE, the new one.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>The version that an UPGRADE line starts from; empty for the others.</summary>
    public string FromVersion { get; internal init; } = string.Empty;

    /// <summary>Last day, as its start in local time; null if the license never expires (or the kind of line has no last day).</summary>
    public DateTimeOffset? Expires { get; internal init; }

    /// <summary>
    /// Days from today to the last day, in local time: 0 on the last day, negative afterwards; null if the license never
    /// expires (or the kind of line has no last day).
    /// </summary>
    public int? DaysLeft => Expires is { } day ? (int)(day.Date - DateTimeOffset.Now.Date).TotalDays : null;

    /// <summary>Number of licenses; null if they are not counted, or if the kind of line has no number.</summary>
    public int? Quantity { get; internal init; }

    /// <summary>True if the line licenses any number of uses (<c>uncounted</c> or 0).</summary>
    public bool IsUncounted { get; internal init; }

    /// <summary>Host id of a SERVER line, or the value of HOSTID=; empty if there is none.</summary>
    public string HostId { get; internal init; } = string.Empty;

    /// <summary>TCP port of a SERVER or VENDOR line; null if there is none.</summary>
    public int? Port { get; internal init; }

    /// <summary>Path of the daemon of a VENDOR line; empty if there is none.</summary>
    public string Path { get; internal init; } = string.Empty;

    /// <summary>
    /// The signature: the first of SIGN=, the license key and SIGN2= that the line has, as in the file, without quotes;
    /// empty if it has none.
    /// </summary>
    public string Signature { get; internal init; } = string.Empty;

    /// <summary>The license key: the bare word after the number of licenses; empty if there is none.</summary>
    public string Key { get; internal init; } = string.Empty;

    /// <summary>ISSUED=, at the start of the day in local time; null if there is none.</summary>
    public DateTimeOffset? Issued { get; internal init; }

    /// <summary>START=, at the start of the day in local time; null if there is none.</summary>
    public DateTimeOffset? Starts { get; internal init; }

    /// <summary>Everything after the fixed fields, in order, unknown names too. A bare word has an empty value.</summary>
    public FlexLmKeywordCollection Attributes { get; internal init; } = FlexLmKeywordCollection.Empty;

    /// <summary>Number of the physical line where it begins, from 1.</summary>
    public int LineNumber { get; internal init; }

    /// <summary>File or server that the line comes from.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>Increment MATLAB MLM 52</c>.</returns>
    public override string ToString() => $"{Kind} {Feature} {Vendor} {Version}".Replace("  ", " ").TrimEnd();
}
