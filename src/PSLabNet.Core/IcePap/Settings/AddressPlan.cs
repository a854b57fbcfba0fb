using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace PSLabNet.IcePap.Settings;

/// <summary>
/// The IP address that each device will have when the whole pipeline is done: the requested address, or the one that it
/// reported. So two devices may exchange their addresses.
/// </summary>
internal sealed class AddressPlan
{
    private readonly ILookup<IPAddress, MacAddress> owners;

    public AddressPlan(IEnumerable<IcePapDevice> present, IEnumerable<(MacAddress Target, IcePapSettings Settings)> requests)
    {
        Dictionary<MacAddress, IPAddress> plan = present.ToDictionary(device => device.MacAddress, device => device.IPAddress);
        foreach ((MacAddress target, IcePapSettings settings) in requests)
        {
            if (settings.IPAddress is not null)
            {
                plan[target] = settings.IPAddress;
            }
        }

        owners = plan.ToLookup(entry => entry.Value, entry => entry.Key);
    }

    /// <summary>Another device that would have the update's new address; null if there is none, or if the update keeps the address.</summary>
    public MacAddress? FindOther(IcePapPlannedUpdate update)
    {
        IPAddress address = update.Configuration.IPAddress;
        return update.Device.IPAddress.Equals(address)
            ? null
            : owners[address].Where(owner => owner != update.Device.MacAddress).Select(owner => (MacAddress?)owner).FirstOrDefault();
    }
}
