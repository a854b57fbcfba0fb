using System;
using System.Collections.Generic;
using System.Net;
using PSLabNet.FlexLm;

namespace PSLabNet.Simulation;

/// <summary>What a simulated license server is like.</summary>
public sealed record FlexLmSimulatorOptions
{
    /// <summary>Text of the license file that is served. Null: one is made of <see cref="Vendors"/> and the counts.</summary>
    public string? LicenseText { get; init; }

    /// <summary>Names of vendor daemons, where no license text is given.</summary>
    public IReadOnlyList<string> Vendors { get; init; } = ["demo"];

    /// <summary>Features of each vendor, where no license text is given.</summary>
    public int FeatureCount { get; init; } = 5;

    /// <summary>Licenses of each feature, where no license text is given.</summary>
    public int Issued { get; init; } = 20;

    /// <summary>Checkouts of each feature at the start (of one license each, no more than there are).</summary>
    public int CheckoutCount { get; init; }

    /// <summary>Reservations of each feature at the start, of one license each.</summary>
    public int ReservationCount { get; init; }

    /// <summary>Generation of the protocol.</summary>
    public FlexLmGeneration Generation { get; init; } = FlexLmGeneration.New;

    /// <summary>TCP port of lmgrd; 0 lets the system choose. Vendor daemons are always where the system chooses.</summary>
    public int Port { get; init; }

    /// <summary>
    /// IPv4 address that the daemons listen at: loopback, unless the server is to be reached over a laboratory's network.
    /// The nodes of a triad follow at the next addresses.
    /// </summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Milliseconds between a request and its answer. Requests sent ahead wait together, not one after the other.</summary>
    public int LatencyMs { get; init; }

    /// <summary>What is wrong.</summary>
    public FlexLmSimulatorFault Fault { get; init; }

    /// <summary>Where it is wrong, for the faults that either daemon can have.</summary>
    public FlexLmSimulatorTarget FaultTarget { get; init; } = FlexLmSimulatorTarget.Manager;

    /// <summary>Answers on each connection that are right before the fault begins.</summary>
    public int FaultAfter { get; init; }

    /// <summary>Vendor daemons that the fault is in, by name; empty for all.</summary>
    public IReadOnlyList<string> FaultVendors { get; init; } = [];

    /// <summary>The number of <see cref="FlexLmSimulatorFault.Error"/>.</summary>
    public int ErrorCode { get; init; } = -60;

    /// <summary>Nodes: 1, or 3 for a redundant triad, on loopback at 127.0.0.1, 127.0.0.2 and 127.0.0.3, with the same port.</summary>
    public int NodeCount { get; init; } = 1;

    /// <summary>Nodes of the triad that are down, by number from 0.</summary>
    public IReadOnlyList<int> DownNodes { get; init; } = [];

    /// <summary>Host that lmgrd names for itself; null for the address that it listens at.</summary>
    public string? HostName { get; init; }

    /// <summary>Host that lmgrd names for its vendor daemons; null for the address that they listen at.</summary>
    public string? VendorHostName { get; init; }

    /// <summary>Text of licenses that vendor daemons have beside the license file, by vendor (new generation).</summary>
    public IReadOnlyDictionary<string, string> LicenseSets { get; init; } = new Dictionary<string, string>();

    /// <summary>Features that vendor daemons name although no license line is known for them, by vendor.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ExtraFeatures { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>True if lines that differ in VENDOR_STRING alone make up one pool.</summary>
    public bool PoolsIgnoreVendorString { get; init; }

    /// <summary>The clock.</summary>
    internal Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.UtcNow;
}

/// <summary>A request that a simulated daemon got.</summary>
public sealed class FlexLmSimulatorRequest
{
    internal FlexLmSimulatorRequest(string daemon, string kind, string detail)
    {
        Daemon = daemon;
        Kind = kind;
        Detail = detail;
    }

    /// <summary>Name of the daemon: lmgrd, or the vendor's.</summary>
    public string Daemon { get; }

    /// <summary>Kind of message: the name of the frame's type, or the letter of an old message.</summary>
    public string Kind { get; }

    /// <summary>The command, feature or vendor that it names; empty if none.</summary>
    public string Detail { get; }

    /// <summary>In one line.</summary>
    /// <returns>For example <c>lmgrd ManagerCommand getpaths</c>.</returns>
    public override string ToString() => $"{Daemon} {Kind} {Detail}".TrimEnd();
}

/// <summary>A vendor daemon of a simulated license server.</summary>
public sealed class FlexLmSimulatedVendor
{
    internal FlexLmSimulatedVendor(string name, int port, IReadOnlyList<string> features)
    {
        Name = name;
        Port = port;
        Features = features;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its TCP port.</summary>
    public int Port { get; }

    /// <summary>Names of its features.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>In one line.</summary>
    /// <returns>For example <c>MLM (port 41234)</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name} (port {Port})");
}
