using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace PSLabNet.Net;

/// <summary>A network interface of this machine that has an IPv4 address.</summary>
/// <param name="Name">Name, as <c>eth0</c> or <c>Ethernet 2</c>.</param>
/// <param name="Description">The system's description, often the name of the adapter; may equal the name.</param>
/// <param name="Index">The system's index of the interface.</param>
/// <param name="Address">Its first IPv4 address.</param>
/// <param name="PrefixLength">Bits of the network part of that address.</param>
/// <param name="OtherAddresses">Its other IPv4 addresses.</param>
/// <param name="Gateway">Its IPv4 gateway, or null.</param>
/// <param name="IsLoopback">Whether it is the loopback interface.</param>
/// <param name="IsUp">Whether it can carry traffic, as far as the system knows.</param>
/// <param name="TakesMulticast">Whether it can send and receive multicast. Always true for loopback, because some systems say otherwise.</param>
public sealed record LocalInterface(
    string Name,
    string Description,
    int Index,
    IPAddress Address,
    int PrefixLength,
    IReadOnlyList<IPAddress> OtherAddresses,
    IPAddress? Gateway,
    bool IsLoopback,
    bool IsUp,
    bool TakesMulticast)
{
    private const int MostAttempts = 5;

    /// <summary>The network of <see cref="Address"/>.</summary>
    internal IPv4Subnet Subnet => new(Address, PrefixLength);

    /// <summary>All interfaces that have an IPv4 address, in the order of their indices.</summary>
    /// <exception cref="NetworkInformationException">The system cannot list its interfaces.</exception>
    public static IReadOnlyList<LocalInterface> GetAll()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return [.. NetworkInterface.GetAllNetworkInterfaces().Select(Read).OfType<LocalInterface>().OrderBy(local => local.Index)];
            }
            catch (Exception e) when (e is IOException or ArgumentException)
            {
                // Linux lists them in files, which cannot be opened if this process has no free handle. If an interface
                // appears or disappears during the call, as those of containers do, .NET fails on an address of zero bytes:
                // then this tries again.
                if (attempt == MostAttempts)
                {
                    const int ErrorNumber = 0xffff;
                    throw new NetworkInformationException(e.HResult & ErrorNumber);
                }
            }
        }
    }

    /// <summary>The interface as <c>eth0 (172.24.155.1)</c>.</summary>
    public override string ToString() => $"{Name} ({Address})";

    private static LocalInterface? Read(NetworkInterface network)
    {
        IPInterfaceProperties properties = network.GetIPProperties();
        List<UnicastIPAddressInformation> addresses =
            [.. properties.UnicastAddresses.Where(unicast => unicast.Address.AddressFamily == AddressFamily.InterNetwork)];
        if (addresses.Count == 0 || !TryGetIndex(properties, out int index))
        {
            return null;
        }

        bool isLoopback = network.NetworkInterfaceType == NetworkInterfaceType.Loopback || IPAddress.IsLoopback(addresses[0].Address);
        return new LocalInterface(
            network.Name,
            network.Description,
            index,
            addresses[0].Address,
            IPv4Subnet.TryGetPrefixLength(addresses[0].IPv4Mask, out int prefixLength) ? prefixLength : 32,
            [.. addresses.Skip(1).Select(unicast => unicast.Address)],
            properties.GatewayAddresses.Select(gateway => gateway.Address)
                .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !address.Equals(IPAddress.Any)),
            isLoopback,
            // Loopback and tunnels have no carrier, so Linux calls their state unknown.
            network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown,
            isLoopback || network.SupportsMulticast);
    }

    // An interface can lose IPv4 after it was listed. Then it is skipped.
    private static bool TryGetIndex(IPInterfaceProperties properties, out int index)
    {
        try
        {
            index = properties.GetIPv4Properties()?.Index ?? 0;
            return index > 0;
        }
        catch (NetworkInformationException)
        {
            index = 0;
            return false;
        }
    }
}
