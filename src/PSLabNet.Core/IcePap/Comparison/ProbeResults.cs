using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.Text;

namespace PSLabNet.IcePap.Comparison;

/// <summary>What the name service and the network said. What is not in it is not known.</summary>
internal sealed record ProbeResults
{
    /// <summary>Names, and their IPv4 addresses.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IPAddress>> Addresses { get; init; } = new Dictionary<string, IReadOnlyList<IPAddress>>();

    /// <summary>Addresses, and their names.</summary>
    public IReadOnlyDictionary<IPAddress, string> Names { get; init; } = new Dictionary<IPAddress, string>();

    /// <summary>Addresses on own subnets, and the hardware address that answered; null if none did.</summary>
    public IReadOnlyDictionary<IPAddress, MacAddress?> Neighbors { get; init; } = new Dictionary<IPAddress, MacAddress?>();

    /// <summary>Addresses elsewhere, and whether they answered.</summary>
    public IReadOnlyDictionary<IPAddress, bool> Answered { get; init; } = new Dictionary<IPAddress, bool>();

    /// <summary>The addresses of this machine.</summary>
    public ISet<IPAddress> Own { get; init; } = new HashSet<IPAddress>();

    /// <summary>Whether a name leads to an address.</summary>
    public IcePapAgreement Forward(string? name, IPAddress? address) =>
        string.IsNullOrEmpty(name) || address is null || !Addresses.TryGetValue(name!, out IReadOnlyList<IPAddress>? found) || found.Count == 0 ? IcePapAgreement.Unknown
            : found.Contains(address) ? IcePapAgreement.Agrees : IcePapAgreement.Differs;

    /// <summary>Whether an address leads to a name, with or without its domain.</summary>
    public IcePapAgreement Reverse(string? name, IPAddress? address) =>
        string.IsNullOrEmpty(name) || address is null || !Names.TryGetValue(address, out string? found) ? IcePapAgreement.Unknown
            : HostName.FirstLabel(found).Equals(HostName.FirstLabel(name!), StringComparison.OrdinalIgnoreCase) ? IcePapAgreement.Agrees : IcePapAgreement.Differs;

    /// <summary>Whether an address answers. Null if that can't be told.</summary>
    public bool? Answers(IPAddress? address) =>
        address is null ? null
        : Own.Contains(address) ? true
        : Neighbors.TryGetValue(address, out MacAddress? hardware) ? hardware is not null
        : Answered.TryGetValue(address, out bool answered) ? answered
        : null;

    /// <summary>Whether a machine that is no IcePAP has an address. Null if that can't be told.</summary>
    /// <param name="address">The address.</param>
    /// <param name="devices">The devices that answered.</param>
    public bool? IsForeign(IPAddress? address, KnownDevices devices) =>
        address is null ? null
        : Neighbors.TryGetValue(address, out MacAddress? hardware) ? hardware is { } answered && !devices.Includes(address, answered)
        : Own.Contains(address) ? !devices.AnsweredFrom(address)
        : null;
}
