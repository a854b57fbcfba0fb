using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using PSLabNet.Logging;

namespace PSLabNet.IcePap.Discovery;

/// <summary>The devices that have answered, each once. Warns if two of them claim the same address or hostname.</summary>
internal sealed class DeviceInventory
{
    private readonly Dictionary<MacAddress, IcePapDevice> devices = [];
    private readonly Dictionary<IPAddress, MacAddress> addresses = [];
    private readonly Dictionary<string, MacAddress> hostnames = new(System.StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<MacAddress> warned = [];
    private readonly Dictionary<MacAddress, IReadOnlyList<IcePapDevice>> duplicates = [];
    private readonly ILabLog log;

    /// <summary>Creates an empty inventory.</summary>
    /// <param name="log">Receives a warning if two devices claim the same address or hostname.</param>
    public DeviceInventory(ILabLog log) => this.log = log;

    /// <summary>The latest answer of each device.</summary>
    public IReadOnlyCollection<IcePapDevice> Devices => devices.Values;

    /// <summary>The latest answer of a device.</summary>
    /// <param name="address">The device's MAC address.</param>
    /// <param name="device">The answer, or null.</param>
    /// <returns>False if the device has not answered.</returns>
    public bool TryGet(MacAddress address, [NotNullWhen(true)] out IcePapDevice? device) => devices.TryGetValue(address, out device);

    /// <summary>
    /// Throws if two answers with one MAC address cannot come from one device: they differ in a setting or in their source
    /// address.
    /// </summary>
    /// <param name="address">The MAC address.</param>
    /// <exception cref="IcePapDuplicateDeviceException">Two devices have this address.</exception>
    public void ThrowIfDuplicate(MacAddress address)
    {
        if (duplicates.TryGetValue(address, out IReadOnlyList<IcePapDevice>? answers))
        {
            throw new IcePapDuplicateDeviceException(address, answers);
        }
    }

    /// <summary>Adds an answer.</summary>
    /// <param name="device">The answer.</param>
    /// <returns>True if the device had not answered before.</returns>
    public bool Add(IcePapDevice device)
    {
        _ = devices.TryGetValue(device.MacAddress, out IcePapDevice? before);
        devices[device.MacAddress] = device;
        if (before is not null)
        {
            Compare(before, device);
            if (!before.Configuration.Equals(device.Configuration) || !before.RemoteAddress.Equals(device.RemoteAddress))
            {
                duplicates[device.MacAddress] = [before, device];
            }

            return false;
        }

        Claim(addresses, device.IPAddress, "IP address", device);
        if (device.Hostname.Length > 0)
        {
            Claim(hostnames, device.Hostname, "hostname", device);
        }

        return true;
    }

    // Settings may change during a search, and a device with a new IP address answers from it. If the source address changes
    // but the IP address does not, two devices have one MAC address, or another host answers in the device's name.
    private void Compare(IcePapDevice before, IcePapDevice now)
    {
        bool isFromElsewhere = !before.RemoteAddress.Equals(now.RemoteAddress) && before.IPAddress.Equals(now.IPAddress);
        if (isFromElsewhere && warned.Add(now.MacAddress))
        {
            log.Warning($"{now.MacAddress} ({now.Hostname}) answers from two addresses: {before.RemoteAddress} and {now.RemoteAddress}.");
        }
    }

    private void Claim<T>(Dictionary<T, MacAddress> claims, T value, string what, IcePapDevice device)
        where T : notnull
    {
        if (claims.TryGetValue(value, out MacAddress other))
        {
            log.Warning($"Two devices claim the {what} {value}: {other} and {device.MacAddress}.");
        }
        else
        {
            claims[value] = device.MacAddress;
        }
    }
}
