using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.Parameters;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Commands.IcePap;

/// <summary>Stop-IcePapSimulator: stops simulated devices of this process; without arguments, all of them.</summary>
[Cmdlet(VerbsLifecycle.Stop, "IcePapSimulator")]
[OutputType(typeof(void))]
public sealed class StopIcePapSimulatorCommand : PSCmdlet
{
    private readonly HashSet<MacAddress> addresses = [];

    /// <summary>MAC addresses of devices.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [MacAddressText]
    [ArgumentCompleter(typeof(SimulatedDeviceAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => addresses.UnionWith(MacAddress ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // An empty pipeline stops no device, and neither does a variable that is not set.
        bool all = addresses.Count == 0 && !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(MacAddress));
        List<SimulatedIcePap> devices = [.. SimulatedDevices.All.Where(device => all || addresses.Contains(device.MacAddress))];
        SimulatedDevices.Stop(devices);
    }
}
