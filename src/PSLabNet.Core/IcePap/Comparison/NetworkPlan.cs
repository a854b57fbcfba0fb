using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Settings;

namespace PSLabNet.IcePap.Comparison;

/// <summary>The planned and the found devices of a network, with who shares an address or a name with whom.</summary>
internal sealed class NetworkPlan
{
    // Of ten thousand devices with one name, each would list all others.
    private const int MostSharing = 16;

    private readonly Dictionary<MacAddress, SortedSet<MacAddress>> sharing = [];
    private readonly Dictionary<MacAddress, List<string>> lasting = [];

    private NetworkPlan(IReadOnlyList<PlannedDevice> devices)
    {
        Devices = devices;
        Share(one => Used(one.IPAddress), "IP address", isLasting: true);
        Share(one => Used(one.Device?.IPAddress), "IP address", isLasting: false);
        Share(one => one.Hostname, "hostname", isLasting: true);
        Share(one => one.Device?.Hostname, "hostname", isLasting: false);
    }

    /// <summary>The planned devices in the order of the plan, and then the others in the order of their MAC addresses.</summary>
    public IReadOnlyList<PlannedDevice> Devices { get; }

    /// <summary>Compares.</summary>
    /// <param name="present">The devices that answered.</param>
    /// <param name="plan">The rows, one for each device.</param>
    public static NetworkPlan Of(DeviceInventory present, IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> plan)
    {
        HashSet<MacAddress> planned = [.. plan.Select(row => row.Target)];
        return new NetworkPlan(
        [
            .. plan.Select(row => PlanOne(row.Target, present.TryGet(row.Target, out IcePapDevice? device) ? device : null, row.Settings, present)),
            .. present.Devices.Where(device => !planned.Contains(device.MacAddress)).OrderBy(device => device.MacAddress)
                .Select(device => new PlannedDevice(device.MacAddress, device, null, null, DuplicateProblem(device.MacAddress, present))),
        ]);
    }

    /// <summary>The other devices that share the IP address or the hostname of a device, now or when the plan is carried out.</summary>
    public IReadOnlyCollection<MacAddress> SharingWith(MacAddress device) => sharing.TryGetValue(device, out SortedSet<MacAddress>? others) ? others : [];

    /// <summary>What devices that share something with a device share when the plan is carried out, one sentence each.</summary>
    public IReadOnlyList<string> SharedAfterwards(MacAddress device) => lasting.TryGetValue(device, out List<string>? sentences) ? sentences : [];

    private static PlannedDevice PlanOne(MacAddress target, IcePapDevice? device, IcePapSettings settings, DeviceInventory present)
    {
        if (device is null)
        {
            return new PlannedDevice(target, null, settings, null, []);
        }

        try
        {
            return new PlannedDevice(target, device, settings, settings.PlanFor(device), DuplicateProblem(target, present));
        }
        catch (IcePapInvalidSettingsException e)
        {
            return new PlannedDevice(target, device, settings, null, [.. e.Problems, .. DuplicateProblem(target, present)]);
        }
    }

    private static IReadOnlyList<string> DuplicateProblem(MacAddress device, DeviceInventory present)
    {
        try
        {
            present.ThrowIfDuplicate(device);
            return [];
        }
        catch (IcePapDuplicateDeviceException e)
        {
            return [$"Two devices answer with this MAC address: {string.Join(" and ", e.Answers.Select(answer => $"{answer.Hostname} ({answer.IPAddress}) from {answer.RemoteAddress} on {answer.Interface}"))}."];
        }
    }

    // Devices that were never set up have 0.0.0.0, which is none.
    private static string? Used(IPAddress? address) => address is null || address.Equals(IPAddress.Any) ? null : address.ToString();

    private void Share(Func<PlannedDevice, string?> valueOf, string what, bool isLasting)
    {
        foreach (IGrouping<string, PlannedDevice> group in Devices
            .Where(one => !string.IsNullOrEmpty(valueOf(one)))
            .GroupBy(one => valueOf(one)!, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1))
        {
            MacAddress[] all = [.. group.Select(one => one.MacAddress)];
            foreach (PlannedDevice one in group)
            {
                Note(one, all, isLasting || one.Update is not { IsChange: true } ? $"The {what} {group.Key} is that of {Others(all, one.MacAddress)} too." : null);
            }
        }
    }

    // A conflict that the plan resolves is none for the device that changes. The one that stays has it until then.
    private void Note(PlannedDevice device, MacAddress[] all, string? sentence)
    {
        if (!sharing.TryGetValue(device.MacAddress, out SortedSet<MacAddress>? others))
        {
            sharing[device.MacAddress] = others = [];
            lasting[device.MacAddress] = [];
        }

        others.UnionWith(all.Where(other => other != device.MacAddress).Take(MostSharing));
        if (sentence is not null && !lasting[device.MacAddress].Contains(sentence))
        {
            lasting[device.MacAddress].Add(sentence);
        }
    }

    // Ten thousand devices may have one name.
    private static string Others(MacAddress[] all, MacAddress self)
    {
        const int Named = 3;
        string names = string.Join(", ", all.Where(other => other != self).Take(Named));
        return all.Length - 1 > Named ? FormattableString.Invariant($"{names} and {all.Length - 1 - Named} more") : names;
    }
}
