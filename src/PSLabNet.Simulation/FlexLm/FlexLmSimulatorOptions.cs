using System;
using System.Collections.Generic;
using System.Net;
using PSLabNet.FlexLm;
using PSLabNet.Net;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>How a simulated license server behaves.</summary>
public sealed record FlexLmSimulatorOptions
{
    /// <summary>Text of the license file that the server sends. Null: one is generated from <see cref="Vendors"/> and the counts.</summary>
    public string? LicenseText { get; init; }

    /// <summary>Names of vendor daemons, if no license text is given.</summary>
    public IReadOnlyList<string> Vendors { get; init; } = ["demo"];

    /// <summary>Number of features of each vendor, if no license text is given.</summary>
    public int FeatureCount { get; init; } = 5;

    /// <summary>Number of licenses of each feature, if no license text is given.</summary>
    public int Issued { get; init; } = 20;

    /// <summary>Number of checkouts of each feature at the start, of one license each, at most as many as there are licenses.</summary>
    public int CheckoutCount { get; init; }

    /// <summary>Number of reservations of each feature at the start, of one license each.</summary>
    public int ReservationCount { get; init; }

    /// <summary>Generation of the protocol.</summary>
    public FlexLmGeneration Generation { get; init; } = FlexLmGeneration.New;

    /// <summary>TCP port of lmgrd; 0 lets the system choose. The system always chooses the ports of vendor daemons.</summary>
    public int Port { get; init; }

    /// <summary>
    /// IPv4 address that the daemons listen on: loopback, unless other machines must reach the server.
    /// The nodes of a triad use the next addresses.
    /// </summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Milliseconds between a request and its answer. Pipelined requests wait together, not one after the other.</summary>
    public int LatencyMs { get; init; }

    /// <summary>The fault.</summary>
    public FlexLmSimulatorFault Fault { get; init; }

    /// <summary>Which daemons have the fault, if both kinds can have it.</summary>
    public FlexLmSimulatorTarget FaultTarget { get; init; } = FlexLmSimulatorTarget.Manager;

    /// <summary>Number of right answers on each connection before the fault begins.</summary>
    public int FaultAfter { get; init; }

    /// <summary>Names of the vendor daemons that have the fault; empty for all.</summary>
    public IReadOnlyList<string> FaultVendors { get; init; } = [];

    /// <summary>The error number for <see cref="FlexLmSimulatorFault.Error"/>.</summary>
    public int ErrorCode { get; init; } = FlexLmErrorCode.UnknownMessage;

    /// <summary>Number of nodes: 1, or 3 for a redundant triad, on loopback at 127.0.0.1, 127.0.0.2 and 127.0.0.3, with the same port.</summary>
    public int NodeCount { get; init; } = 1;

    /// <summary>The nodes of the triad that are down, numbered from 0.</summary>
    public IReadOnlyList<int> DownNodes { get; init; } = [];

    /// <summary>The host that lmgrd names for itself; null for the address that it listens on.</summary>
    public string? HostName { get; init; }

    /// <summary>The host that lmgrd names for its vendor daemons; null for the address that they listen on.</summary>
    public string? VendorHostName { get; init; }

    /// <summary>License text that vendor daemons have in addition to the license file, by vendor (new generation).</summary>
    public IReadOnlyDictionary<string, string> LicenseSets { get; init; } = new Dictionary<string, string>();

    /// <summary>Features that vendor daemons list although they have no license line, by vendor.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ExtraFeatures { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>True if lines that differ only in VENDOR_STRING form one pool.</summary>
    public bool PoolsIgnoreVendorString { get; init; }

    /// <summary>
    /// The most bytes of data in one frame: a longer message is sent in several frames. 0 for no limit: a text of up to
    /// 16 MiB is sent in one frame.
    /// </summary>
    public int FragmentSize { get; init; }

    /// <summary>The field of a usage frame that is the number of licenses of a checkout.</summary>
    public FlexLmSimulatorCountField CountField { get; init; }

    /// <summary>How a server of the old generation says who uses a license.</summary>
    public FlexLmSimulatorUsageForm UsageForm { get; init; }

    /// <summary>The clock.</summary>
    internal Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.UtcNow;

    /// <summary>The address of a node, numbered from 0.</summary>
    internal IPAddress AddressOf(int node) => IPv4.ToAddress(IPv4.ToUInt32(Address) + (uint)node);
}

/// <summary>A request that a simulated daemon received.</summary>
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
