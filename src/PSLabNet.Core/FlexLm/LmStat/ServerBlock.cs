using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>The data of one license server in a report, from "License server status" on.</summary>
internal sealed class ServerBlock
{
    private readonly List<ListedNode> addresses = [];
    private readonly Dictionary<string, ListedNode> addressOf = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<FlexLmServerStatus> nodes = [];
    private readonly Dictionary<string, int> nodeOf = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> vendorOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly SectionOrigin origin;
    private int lastVendor = -1;

    // The daemons that were listed since the last feature: if there is one, the features below it belong to it.
    private readonly List<string> daemonsAbove = [];
    private bool hasFeatures;

    public ServerBlock(string address, string shown, SectionOrigin origin)
    {
        this.origin = origin;
        Address = address;
        Shown = shown;
        foreach (string part in address.Split([','], StringSplitOptions.RemoveEmptyEntries))
        {
            var node = new ListedNode(Node(part.Trim()));
            addresses.Add(node);
            addressOf[HostName.FirstLabel(node.Host)] = node;
        }

        // A full name takes precedence over the short name of another node.
        addresses.ForEach(node => addressOf[node.Host] = node);
    }

    /// <summary>The address as in the report.</summary>
    public string Address { get; }

    /// <summary>The server as it was requested.</summary>
    public string Shown { get; }

    /// <summary>Paths of the license files, in the order of the report.</summary>
    public List<string> LicenseFiles { get; } = [];

    public FlexLmError? Error { get; set; }

    public List<FlexLmVendorStatus> Vendors { get; } = [];

    /// <summary>The vendor daemon of features that name none; empty if there are several daemons.</summary>
    public string OnlyVendor => Vendors.Count == 1 ? Vendors[0].Name : string.Empty;

    /// <summary>True if every node of the address has a line, or if an error explains why not.</summary>
    public bool IsAnswered => Error is not null || origin == SectionOrigin.Implied || (nodes.Count > 0 && nodes.Count >= addresses.Count);

    public bool IsSomeNodeUp => nodes.Exists(node => node.Status == FlexLmState.Up);

    /// <summary>True if the host is in the server's address, or has a node's line.</summary>
    public bool Names(string host) => Find(host) is not null || hosts.Contains(HostName.FirstLabel(host));

    /// <summary>Adds a vendor daemon. If it is listed again, the last entry replaces the earlier one.</summary>
    public void AddVendor(FlexLmVendorStatus vendor)
    {
        if (hasFeatures)
        {
            daemonsAbove.Clear();
            hasFeatures = false;
        }

        if (vendorOf.TryGetValue(vendor.Name, out lastVendor))
        {
            Vendors[lastVendor] = vendor;
        }
        else
        {
            lastVendor = Vendors.Count;
            vendorOf.Add(vendor.Name, lastVendor);
            Vendors.Add(vendor);
        }

        daemonsAbove.Add(vendor.Name);
    }

    /// <summary>Sets the version of the last vendor daemon, if it has none.</summary>
    public bool TrySetVersion(string version)
    {
        bool belongs = lastVendor >= 0 && Vendors[lastVendor].Version.Length == 0;
        if (belongs)
        {
            Vendors[lastVendor] = new FlexLmVendorStatus(Vendors[lastVendor]) { Version = version };
        }

        return belongs;
    }

    /// <summary>Begins a feature. It belongs to the vendor daemon above it, if there is only one.</summary>
    /// <returns>The daemon's name; empty if there are several above it, or none.</returns>
    public string BeginFeature()
    {
        hasFeatures = true;
        return daemonsAbove.Count == 1 ? daemonsAbove[0] : string.Empty;
    }

    public void AddNode(string host, string version, FlexLmNodeRole role, FlexLmError? error, DateTimeOffset checkedAt)
    {
        hosts.Add(HostName.FirstLabel(host));
        host = PrintableText.Escape(host);

        // On Windows, the server is listed twice: with the name in the license file and with the system's name.
        bool isKnown = nodeOf.TryGetValue(host, out int known);
        var status = new FlexLmServerStatus
        {
            Server = AddressOf(host),
            HostName = host,
            Port = PortOf(host),
            Status = error is null ? FlexLmState.Up : FlexLmState.Down,
            Version = PrintableText.Escape(version),
            IsMaster = role == FlexLmNodeRole.Master,
            Error = error,
            CheckedAt = checkedAt,
        };
        if (!isKnown)
        {
            nodeOf.Add(host, nodes.Count);
            nodes.Add(status);
        }
        else if (nodes[known].Status != FlexLmState.Up)
        {
            nodes[known] = status;
        }
    }

    public FlexLmServerStatus ToStatus(DateTimeOffset checkedAt)
    {
        FlexLmServerStatus? speaker = nodes.Find(node => node.IsMaster)
            ?? nodes.Find(node => node.Status == FlexLmState.Up)
            ?? nodes.FirstOrDefault();
        string host = speaker?.HostName ?? (addresses.Count > 0 ? PrintableText.Escape(addresses[0].Host) : string.Empty);
        bool isTriad = addresses.Count > 1 || nodes.Count > 1;
        return new FlexLmServerStatus
        {
            Server = Shown,
            HostName = host,
            Port = PortOf(host),
            Status = State(isTriad),
            Version = speaker?.Version ?? string.Empty,
            IsMaster = speaker?.IsMaster ?? false,
            LicenseFile = PrintableText.Escape(string.Join(LicenseFiles.Exists(path => path.IndexOf('\\') >= 0) ? ";" : ":", LicenseFiles)),
            Vendors = [.. Vendors],
            Nodes = isTriad ? [.. nodes] : [],
            Error = Error ?? (IsSomeNodeUp ? null : speaker?.Error),
            CheckedAt = checkedAt,
        };
    }

    private static FlexLmNode Node(string text)
    {
        int at = text.IndexOf('@');
        string port = at < 0 ? string.Empty : text.Substring(0, at);
        return new FlexLmNode(
            text.Substring(at + 1),
            new TextSlice(port.ToCharArray(), 0, port.Length).TryNumber(out int number) && number <= ushort.MaxValue ? number : null);
    }

    // At least two of three nodes of a triad must be up; of several servers in a list, one.
    private FlexLmState State(bool isTriad)
    {
        if (nodes.Count == 0 && Error is null && Vendors.Exists(vendor => vendor.Status == FlexLmState.Up))
        {
            // In a part of a report, a server that lists its vendor daemons counts as answering.
            return Vendors.TrueForAll(vendor => vendor.Status == FlexLmState.Up) ? FlexLmState.Up : FlexLmState.Degraded;
        }

        int up = nodes.Count(node => node.Status == FlexLmState.Up);
        bool isDown = up == 0 || (isTriad && addresses.Count >= 3 && up < 2);
        bool isWhole = up == nodes.Count && up >= addresses.Count && Vendors.TrueForAll(vendor => vendor.Status == FlexLmState.Up);
        return isDown ? FlexLmState.Down : isWhole && Error is null ? FlexLmState.Up : FlexLmState.Degraded;
    }

    private int PortOf(string host) => (Find(host) ?? addresses.FirstOrDefault())?.Port ?? 0;

    private string AddressOf(string host) => (Find(host) ?? new ListedNode(new FlexLmNode(host, addresses.FirstOrDefault()?.Port))).Shown;

    // lmstat writes a host with its domain in some lines and without it in others.
    private ListedNode? Find(string host) =>
        addressOf.TryGetValue(host, out ListedNode? node) || addressOf.TryGetValue(HostName.FirstLabel(host), out node) ? node : null;

    /// <summary>A node of the address as it is shown: one text for all lines that use its short name.</summary>
    private sealed class ListedNode(FlexLmNode node)
    {
        public string Host => node.Host;

        public int? Port => node.Port;

        public string Shown { get; } = PrintableText.Escape(node.ToString());
    }
}

/// <summary>Role of a node in its triad.</summary>
internal enum FlexLmNodeRole
{
    Member,
    Master,
}

/// <summary>How a server is introduced in a report.</summary>
internal enum SectionOrigin
{
    /// <summary>By "License server status".</summary>
    Named,

    /// <summary>By other lines: the text is only a part of a report, or about a single vendor daemon.</summary>
    Implied,
}
