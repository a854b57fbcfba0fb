using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace PSLabNet.IcePap.Comparison;

/// <summary>The devices that answered: what shows that a machine is one of them.</summary>
internal sealed class KnownDevices
{
    private readonly HashSet<MacAddress> hardware;
    private readonly HashSet<IPAddress> addresses;

    /// <summary>Of the devices that answered.</summary>
    public KnownDevices(IEnumerable<IcePapDevice> devices)
    {
        IcePapDevice[] all = [.. devices];
        hardware = [.. all.Select(device => device.MacAddress)];

        // The device's answer came from there, so whatever hardware address is seen, it is the device that has the address.
        addresses = [.. all.Where(device => device.RemoteAddress.Equals(device.IPAddress)).Select(device => device.IPAddress)];
    }

    /// <summary>Whether the machine with an address is one of the devices.</summary>
    public bool Includes(IPAddress address, MacAddress answered) => hardware.Contains(answered) || addresses.Contains(address);

    /// <summary>Whether a device answered from its address.</summary>
    public bool AnsweredFrom(IPAddress address) => addresses.Contains(address);
}
