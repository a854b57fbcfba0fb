using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>State of a license server, or of a redundant triad of servers.</summary>
public sealed class FlexLmServerStatus
{
    internal FlexLmServerStatus()
    {
    }

    /// <summary>Copies another record, so that an initializer can change the copy.</summary>
    internal FlexLmServerStatus(FlexLmServerStatus other)
    {
        Server = other.Server;
        HostName = other.HostName;
        Port = other.Port;
        Status = other.Status;
        Version = other.Version;
        Daemon = other.Daemon;
        IsMaster = other.IsMaster;
        LicenseFile = other.LicenseFile;
        Vendors = other.Vendors;
        Nodes = other.Nodes;
        Generation = other.Generation;
        ResponseTime = other.ResponseTime;
        CheckedAt = other.CheckedAt;
        Error = other.Error;
        Warnings = other.Warnings;
        Identity = other.Identity;
    }

    /// <summary>The server, as the caller named it.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>Host name that the server reports, for a triad the master's; the requested host if the server reports none.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>TCP port of lmgrd; 0 if it is unknown.</summary>
    public int Port { get; internal init; }

    /// <summary>Up, Degraded (a vendor daemon or a node is down) or Down.</summary>
    public FlexLmState Status { get; internal init; }

    /// <summary>Version of lmgrd, for example <c>11.19</c>; empty if it did not answer.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>Name that the manager reports for itself, usually <c>lmgrd</c>.</summary>
    public string Daemon { get; internal init; } = string.Empty;

    /// <summary>True if this server, or this node of a triad, is the one that serves the licenses.</summary>
    public bool IsMaster { get; internal init; }

    /// <summary>Path of the license file on the server's host; empty if it is unknown.</summary>
    public string LicenseFile { get; internal init; } = string.Empty;

    /// <summary>The vendor daemons.</summary>
    public IReadOnlyList<FlexLmVendorStatus> Vendors { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmVendorStatus>.None;

    /// <summary>The nodes of a redundant triad; empty for a single server.</summary>
    public IReadOnlyList<FlexLmServerStatus> Nodes { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmServerStatus>.None;

    /// <summary>Generation of the protocol that lmgrd uses.</summary>
    public FlexLmGeneration Generation { get; internal init; }

    /// <summary>Time from the connection to the answer to the first hello; null if there was no answer.</summary>
    public TimeSpan? ResponseTime { get; internal init; }

    /// <summary>Time of the query.</summary>
    public DateTimeOffset CheckedAt { get; internal init; }

    /// <summary>The failure; null if there was none.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>Warnings: something was odd, but the query went on, for example a host name that does not resolve.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = value.ToIndexable(); } = ResultCollection<string>.None;

    /// <summary>Which server answered; null if none did, or if the status was made elsewhere.</summary>
    internal ServerIdentity? Identity { get; init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>27000@lic1: Up</c>.</returns>
    public override string ToString() => $"{Server}: {Status}";
}

/// <summary>State of a vendor daemon.</summary>
public sealed class FlexLmVendorStatus
{
    internal FlexLmVendorStatus()
    {
    }

    /// <summary>Copies another record, so that an initializer can change the copy.</summary>
    internal FlexLmVendorStatus(FlexLmVendorStatus other)
    {
        Name = other.Name;
        HostName = other.HostName;
        Port = other.Port;
        Status = other.Status;
        Version = other.Version;
        Generation = other.Generation;
        Error = other.Error;
    }

    /// <summary>Name of the vendor daemon.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>Host that lmgrd reports for it; empty if lmgrd reports none.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>TCP port that lmgrd reports for it; 0 if lmgrd reports none.</summary>
    public int Port { get; internal init; }

    /// <summary>Up or Down.</summary>
    public FlexLmState Status { get; internal init; }

    /// <summary>Version; empty if it did not answer.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>Generation of the protocol that it uses.</summary>
    public FlexLmGeneration Generation { get; internal init; }

    /// <summary>Why it is down; null if it is up.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>MLM: Up</c>.</returns>
    public override string ToString() => $"{Name}: {Status}";
}
