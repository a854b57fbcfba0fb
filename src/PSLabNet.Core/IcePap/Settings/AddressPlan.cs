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
    private readonly Dictionary<MacAddress, IPAddress> plan;
    private readonly Dictionary<IPAddress, SortedSet<MacAddress>> owners = [];

    public AddressPlan(IEnumerable<IcePapDevice> present, IEnumerable<(MacAddress Target, IcePapSettings Settings)> requests)
    {
        plan = present.ToDictionary(device => device.MacAddress, device => device.IPAddress);
        foreach ((MacAddress target, IcePapSettings settings) in requests)
        {
            if (settings.IPAddress is not null)
            {
                plan[target] = settings.IPAddress;
            }
        }

        foreach (KeyValuePair<MacAddress, IPAddress> entry in plan)
        {
            AddOwner(entry.Value, entry.Key);
        }
    }

    /// <summary>Plans an address that was not known at first, because it comes from the name service.</summary>
    /// <param name="device">The device that is to have it.</param>
    /// <param name="address">The address.</param>
    public void Assign(MacAddress device, IPAddress address)
    {
        if (plan.TryGetValue(device, out IPAddress? before))
        {
            owners[before].Remove(device);
        }

        plan[device] = address;
        AddOwner(address, device);
    }

    /// <summary>Finds another device that would have the update's new address; null if there is none, or if the update keeps the address.</summary>
    public MacAddress? FindOther(IcePapPlannedUpdate update) =>
        update.GivesAddress && owners.TryGetValue(update.Configuration.IPAddress, out SortedSet<MacAddress>? all)
            ? all.Where(owner => owner != update.Device.MacAddress).Select(owner => (MacAddress?)owner).FirstOrDefault()
            : null;

    /// <summary>Whether a device is to have another address than it answered with.</summary>
    /// <param name="device">The device as it answered.</param>
    public bool Leaves(IcePapDevice device) => plan.TryGetValue(device.MacAddress, out IPAddress? planned) && !planned.Equals(device.IPAddress);

    private void AddOwner(IPAddress address, MacAddress device)
    {
        if (!owners.TryGetValue(address, out SortedSet<MacAddress>? all))
        {
            owners[address] = all = [];
        }

        all.Add(device);
    }
}
