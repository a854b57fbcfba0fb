using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>How a license server, or a redundant triad of them, is.</summary>
public sealed record FlexLmServerStatus
{
    /// <summary>The server as it was asked for.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>Host as the server names itself, of a triad the master; as it was asked for if the server says nothing.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>TCP port of lmgrd; 0 if none is known.</summary>
    public int Port { get; init; }

    /// <summary>Up, Degraded (a vendor daemon or a node is down) or Down.</summary>
    public FlexLmState Status { get; init; }

    /// <summary>Version of lmgrd, for example <c>11.19</c>; empty if it did not answer.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>What the manager calls itself, mostly <c>lmgrd</c>.</summary>
    public string Daemon { get; init; } = string.Empty;

    /// <summary>True if this server, or this node of a triad, is the one that answers for the licenses.</summary>
    public bool IsMaster { get; init; }

    /// <summary>Path of the license file on the server's host; empty if it is not known.</summary>
    public string LicenseFile { get; init; } = string.Empty;

    /// <summary>The vendor daemons.</summary>
    public IReadOnlyList<FlexLmVendorStatus> Vendors { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Of a redundant triad, each node by itself; empty for a single server.</summary>
    public IReadOnlyList<FlexLmServerStatus> Nodes { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Generation of the protocol that lmgrd talks.</summary>
    public FlexLmGeneration Generation { get; init; }

    /// <summary>From the connection to the answer to the first hello; null if there was none.</summary>
    public TimeSpan? ResponseTime { get; init; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset CheckedAt { get; init; }

    /// <summary>What failed; null if nothing did.</summary>
    public FlexLmError? Error { get; init; }

    /// <summary>What went on in spite of something odd, for example a host name that does not resolve.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToIndexable(); } = [];

    /// <summary>In one line.</summary>
    /// <returns>For example <c>27000@lic1: Up</c>.</returns>
    public override string ToString() => $"{Server}: {Status}";
}

/// <summary>How a vendor daemon is.</summary>
public sealed record FlexLmVendorStatus
{
    /// <summary>Name of the vendor daemon.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Host that lmgrd names for it; empty if lmgrd did not.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>TCP port that lmgrd names for it; 0 if lmgrd did not.</summary>
    public int Port { get; init; }

    /// <summary>Up or Down.</summary>
    public FlexLmState Status { get; init; }

    /// <summary>Version; empty if it did not answer.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>Generation of the protocol that it talks.</summary>
    public FlexLmGeneration Generation { get; init; }

    /// <summary>Why it is down; null if it is up.</summary>
    public FlexLmError? Error { get; init; }

    /// <summary>In one line.</summary>
    /// <returns>For example <c>MLM: Up</c>.</returns>
    public override string ToString() => $"{Name}: {Status}";
}
