using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.Simulation.IcePap;

/// <summary>
/// Default settings for devices: MAC addresses of the manufacturer of the controllers (00:0c:c6), counted up from a start
/// that differs between processes, so two simulators on one host do not use the same address.
/// </summary>
public static class SimulatedIcePapFactory
{
    private const int MakerPrefix = 0x000CC6;
    private const int PoolPrefixLength = 16;
    private const int GivenPrefixLength = 24;

    private static readonly object Counting = new();
    private static readonly uint PoolNetwork = IPv4.ToUInt32(new IPAddress(new byte[] { 172, 24, 0, 0 }));
    private static int next = RandomStart();

    /// <summary>Creates the settings of some devices. The arguments apply to the first devices; the other values are generated.</summary>
    /// <param name="count">Number of devices, 1 or more.</param>
    /// <param name="macAddresses">MAC addresses of the first devices; null for none.</param>
    /// <param name="hostnames">Hostnames of the first devices; null for none.</param>
    /// <param name="addresses">IPv4 addresses of the first devices, each in a /24 with the gateway at its low end; null for none.</param>
    public static IReadOnlyList<IcePapConfiguration> Create(
        int count, IReadOnlyList<MacAddress>? macAddresses = null, IReadOnlyList<string>? hostnames = null, IReadOnlyList<IPAddress>? addresses = null)
    {
        macAddresses ??= [];
        hostnames ??= [];
        addresses ??= [];
        var devices = new List<IcePapConfiguration>(count);
        for (int index = 0; index < count; index++)
        {
            int serial = NextSerial();
            MacAddress address = index < macAddresses.Count ? macAddresses[index] : MacOf(serial);
            byte[] bytes = address.GetAddressBytes();
            devices.Add(new IcePapConfiguration(WithAddress(
                index < addresses.Count ? addresses[index] : IPv4.ToAddress(PoolNetwork | (uint)serial & 0xFFFF),
                index < addresses.Count ? GivenPrefixLength : PoolPrefixLength))
            {
                DeviceId = address,
                MacAddress = address,
                Hostname = index < hostnames.Count
                    ? hostnames[index]
                    : string.Format(CultureInfo.InvariantCulture, "icepap-{0:x2}{1:x2}{2:x2}", bytes[3], bytes[4], bytes[5]),
            });
        }

        return devices;
    }

    private static IcePapConfiguration WithAddress(IPAddress address, int prefixLength)
    {
        var subnet = new IPv4Subnet(address, prefixLength);
        uint low = IPv4.ToUInt32(subnet.Network) + 1;
        return new IcePapConfiguration
        {
            IPAddress = address,
            Netmask = subnet.Netmask,
            Broadcast = subnet.Broadcast,
            Gateway = IPv4.ToAddress(low == IPv4.ToUInt32(address) ? low + 1 : low),
        };
    }

    private static MacAddress MacOf(int serial) => new(
        [MakerPrefix >> 16, MakerPrefix >> 8 & 0xFF, MakerPrefix & 0xFF, (byte)(serial >> 16), unchecked((byte)(serial >> 8)), unchecked((byte)serial)]);

    // The low 16 bits are also the host part of the IP address, so the network, gateway and broadcast addresses are skipped.
    private static int NextSerial()
    {
        lock (Counting)
        {
            do
            {
                next = (next + 1) & 0xFFFFFF;
            }
            while ((next & 0xFFFF) is 0 or 1 or 0xFFFF);
            return next;
        }
    }

    private static int RandomStart()
    {
        var bytes = new byte[3];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return bytes[0] << 16 | bytes[1] << 8 | bytes[2];
    }
}
