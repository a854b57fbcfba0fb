using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using PSLabNet.Wire;

namespace PSLabNet.IcePap;

/// <summary>Who has answered so far: each device once, however often it answers, and who claims what another has.</summary>
public sealed class IcePapCensus
{
    private readonly Dictionary<MacAddress, IcePapDevice> devices = [];
    private readonly Dictionary<IPAddress, MacAddress> addresses = [];
    private readonly Dictionary<string, MacAddress> hostnames = new(System.StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<MacAddress> twofold = [];
    private readonly IWireLog log;

    /// <summary>Starts with nobody.</summary>
    /// <param name="log">Is warned of two devices that claim the same.</param>
    public IcePapCensus(IWireLog log) => this.log = log;

    /// <summary>The latest answer of each device.</summary>
    public IReadOnlyCollection<IcePapDevice> Devices => devices.Values;

    /// <summary>Takes an answer in.</summary>
    /// <param name="device">The answer.</param>
    /// <returns>True if the device had not answered before.</returns>
    public bool Add(IcePapDevice device)
    {
        _ = devices.TryGetValue(device.MacAddress, out IcePapDevice? before);
        devices[device.MacAddress] = device;
        if (before is not null)
        {
            Compare(before, device);
            return false;
        }

        Claim(addresses, device.IPAddress, "IP address", device);
        if (device.Hostname.Length > 0)
        {
            Claim(hostnames, device.Hostname, "hostname", device);
        }

        return true;
    }

    /// <summary>The latest answer of a device.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="device">The answer, or null.</param>
    /// <returns>False if it has not answered.</returns>
    public bool TryGet(MacAddress address, [NotNullWhen(true)] out IcePapDevice? device) => devices.TryGetValue(address, out device);

    // Settings may be changed while a search runs, and with a new IP address answers come from there. Where they come from
    // elsewhere without that, two devices have one MAC address, or somebody answers in its name.
    private void Compare(IcePapDevice before, IcePapDevice now)
    {
        bool isFromElsewhere = !before.RemoteAddress.Equals(now.RemoteAddress) && before.IPAddress.Equals(now.IPAddress);
        if (isFromElsewhere && twofold.Add(now.MacAddress))
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
