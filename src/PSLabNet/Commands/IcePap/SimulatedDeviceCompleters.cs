using System.Collections.Generic;
using System.Linq;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.IcePap;

/// <summary>Completes -Hostname with the names of running simulated devices.</summary>
public sealed class SimulatedDeviceNameCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known =>
        SimulatedDevices.All.Select(device => new KeyValuePair<string, string>(device.Hostname, $"{device.MacAddress}, {device.IPAddress}, simulated"));
}

/// <summary>Completes -MacAddress with the addresses of running simulated devices.</summary>
public sealed class SimulatedDeviceAddressCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known =>
        SimulatedDevices.All.Select(device => new KeyValuePair<string, string>($"{device.MacAddress}", $"{device.Hostname}, {device.IPAddress}, simulated"));
}
