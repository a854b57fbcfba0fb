using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>How a license server, or a redundant triad of them, is.</summary>
public sealed class FlexLmServerStatus
{
    internal FlexLmServerStatus()
    {
    }

    /// <summary>Copies another record, for an initializer to change.</summary>
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

    /// <summary>Host as the server names itself, of a triad the master; as it was asked for if the server says nothing.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>TCP port of lmgrd; 0 if none is known.</summary>
    public int Port { get; internal init; }

    /// <summary>Up, Degraded (a vendor daemon or a node is down) or Down.</summary>
    public FlexLmState Status { get; internal init; }

    /// <summary>Version of lmgrd, for example <c>11.19</c>; empty if it did not answer.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>What the manager calls itself, mostly <c>lmgrd</c>.</summary>
    public string Daemon { get; internal init; } = string.Empty;

    /// <summary>True if this server, or this node of a triad, is the one that answers for the licenses.</summary>
    public bool IsMaster { get; internal init; }

    /// <summary>Path of the license file on the server's host; empty if it is not known.</summary>
    public string LicenseFile { get; internal init; } = string.Empty;

    /// <summary>The vendor daemons.</summary>
    public IReadOnlyList<FlexLmVendorStatus> Vendors { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>Of a redundant triad, each node by itself; empty for a single server.</summary>
    public IReadOnlyList<FlexLmServerStatus> Nodes { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>Generation of the protocol that lmgrd talks.</summary>
    public FlexLmGeneration Generation { get; internal init; }

    /// <summary>From the connection to the answer to the first hello; null if there was none.</summary>
    public TimeSpan? ResponseTime { get; internal init; }

    /// <summary>Time of the query.</summary>
    public DateTimeOffset CheckedAt { get; internal init; }

    /// <summary>What failed; null if nothing did.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>What went on in spite of something odd, for example a host name that does not resolve.</summary>
    public IReadOnlyList<string> Warnings { get; internal init => field = value.ToIndexable(); } = [];

    /// <summary>Which server answered; null if none did, or if the status was made elsewhere.</summary>
    internal ServerIdentity? Identity { get; init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>27000@lic1: Up</c>.</returns>
    public override string ToString() => $"{Server}: {Status}";
}

/// <summary>How a vendor daemon is.</summary>
public sealed class FlexLmVendorStatus
{
    internal FlexLmVendorStatus()
    {
    }

    /// <summary>Copies another record, for an initializer to change.</summary>
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

    /// <summary>Host that lmgrd names for it; empty if lmgrd did not.</summary>
    public string HostName { get; internal init; } = string.Empty;

    /// <summary>TCP port that lmgrd names for it; 0 if lmgrd did not.</summary>
    public int Port { get; internal init; }

    /// <summary>Up or Down.</summary>
    public FlexLmState Status { get; internal init; }

    /// <summary>Version; empty if it did not answer.</summary>
    public string Version { get; internal init; } = string.Empty;

    /// <summary>Generation of the protocol that it talks.</summary>
    public FlexLmGeneration Generation { get; internal init; }

    /// <summary>Why it is down; null if it is up.</summary>
    public FlexLmError? Error { get; internal init; }

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>MLM: Up</c>.</returns>
    public override string ToString() => $"{Name}: {Status}";
}
