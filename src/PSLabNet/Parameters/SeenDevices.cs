using System.Collections.Generic;
using PSLabNet.IcePap;

namespace PSLabNet.Parameters;

/// <summary>The devices that answered in this PowerShell, for completion.</summary>
internal static class SeenDevices
{
    private static readonly SeenNames Hostnames = new();
    private static readonly SeenNames Addresses = new();
    private static readonly SeenNames IPAddresses = new();

    public static IEnumerable<KeyValuePair<string, string>> KnownHostnames => Hostnames.All;

    public static IEnumerable<KeyValuePair<string, string>> KnownAddresses => Addresses.All;

    public static IEnumerable<KeyValuePair<string, string>> KnownIPAddresses => IPAddresses.All;

    public static void Add(IcePapDevice device)
    {
        string address = $"{device.MacAddress}";
        Hostnames.Add(device.Hostname, $"{address}, {device.IPAddress} on {device.Interface}");
        Addresses.Add(address, $"{device.Hostname}, {device.IPAddress} on {device.Interface}");
        IPAddresses.Add($"{device.IPAddress}", $"{device.Hostname}, {address} on {device.Interface}");
    }
}

/// <summary>Completes -Hostname with the names of devices that answered.</summary>
public sealed class DeviceHostnameCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known => SeenDevices.KnownHostnames;
}

/// <summary>Completes -MacAddress with the addresses of devices that answered.</summary>
public sealed class DeviceAddressCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known => SeenDevices.KnownAddresses;
}

/// <summary>Completes -IPAddress with the IP addresses of devices that answered.</summary>
public sealed class DeviceIPAddressCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known => SeenDevices.KnownIPAddresses;
}
