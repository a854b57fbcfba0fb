using System;
using System.Collections.Generic;
using System.Net;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap;

/// <summary>An IcePAP motor controller that answered, with the network settings that it reported.</summary>
public sealed class IcePapDevice
{
    /// <summary>Creates the device from its answer.</summary>
    internal IcePapDevice(MacAddress macAddress, IcePapConfiguration configuration, LocalInterface local, IPAddress remoteAddress, TimeSpan responseTime, DateTimeOffset discoveredAt)
    {
        Configuration = configuration;
        LocalInterface = local;
        LocalAddress = OrderedIPAddress.Of(local.Address);
        Hostname = configuration.Hostname;
        IPAddress = configuration.IPAddress;
        Netmask = configuration.Netmask;
        PrefixLength = IPv4Subnet.TryGetPrefixLength(configuration.Netmask, out int prefixLength) ? prefixLength : null;
        Gateway = configuration.Gateway;
        Broadcast = configuration.Broadcast;
        MacAddress = macAddress;
        DeviceId = configuration.DeviceId;
        RemoteAddress = OrderedIPAddress.Of(remoteAddress);
        ResponseTime = responseTime;
        DiscoveredAt = discoveredAt;
    }

    /// <summary>Name of the device. Bytes that are not printable ASCII are shown escaped.</summary>
    public string Hostname { get; }

    /// <summary>IP address of the device. It may differ from <see cref="RemoteAddress"/>.</summary>
    public IPAddress IPAddress { get; }

    /// <summary>Netmask as reported, even if it is not contiguous.</summary>
    public IPAddress Netmask { get; }

    /// <summary>Prefix length of the netmask, 0 to 32; null if the netmask is not contiguous.</summary>
    public int? PrefixLength { get; }

    /// <summary>Gateway as reported.</summary>
    public IPAddress Gateway { get; }

    /// <summary>Broadcast address as reported.</summary>
    public IPAddress Broadcast { get; }

    /// <summary>
    /// Source MAC address of the answer: the address that the device listens on. Hardware reports the same address in its
    /// configuration. If the two differ, this one is the address to use.
    /// </summary>
    public MacAddress MacAddress { get; }

    /// <summary>The "icepap id" that the device reported, the same as its MAC address in all hardware seen so far.</summary>
    public MacAddress DeviceId { get; }

    /// <summary>Name of the interface of this machine that received the answer.</summary>
    public string Interface => LocalInterface.Name;

    /// <summary>IPv4 address of that interface.</summary>
    public IPAddress LocalAddress { get; }

    /// <summary>Source address of the answer, from its IP header.</summary>
    public IPAddress RemoteAddress { get; }

    /// <summary>Time from the last request to the answer.</summary>
    public TimeSpan ResponseTime { get; }

    /// <summary>When the answer was received.</summary>
    public DateTimeOffset DiscoveredAt { get; }

    /// <summary>Version of the controller's firmware. Null if it was not asked, or did not answer on its TCP port.</summary>
    public string? Firmware => Details.Firmware;

    /// <summary>Identification of the controller, as it writes it. Null if it was not asked, or did not answer.</summary>
    public string? SerialNumber => Details.SerialNumber;

    /// <summary>Numbers of the racks that are present, 0 to 15. Null if the controller was not asked, or did not answer.</summary>
    public IReadOnlyList<int>? Racks => Details.Racks;

    /// <summary>Number of drivers that are present, in all racks. Null if the controller was not asked, or did not answer.</summary>
    public int? DriverCount => Details.DriverCount;

    internal IcePapConfiguration Configuration { get; }

    /// <summary>What the controller said over TCP.</summary>
    internal IcePapDetails Details { get; private init; } = IcePapDetails.None;

    internal LocalInterface LocalInterface { get; }

    /// <summary>This device with what its controller said over TCP.</summary>
    internal IcePapDevice With(IcePapDetails details) =>
        new(MacAddress, Configuration, LocalInterface, RemoteAddress, ResponseTime, DiscoveredAt) { Details = details };

    /// <summary>The device as <c>iceeu4 (172.24.155.222, 00:0c:c6:69:13:2d)</c>.</summary>
    public override string ToString() => $"{Hostname} ({IPAddress}, {MacAddress})";
}
