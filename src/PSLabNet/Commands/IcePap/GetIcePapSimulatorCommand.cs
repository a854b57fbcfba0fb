using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.Parameters;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Commands.IcePap;

/// <summary>Get-IcePapSimulator: returns the simulated devices of this process, with their counts.</summary>
[Cmdlet(VerbsCommon.Get, "IcePapSimulator")]
[OutputType(typeof(SimulatedIcePap))]
public sealed class GetIcePapSimulatorCommand : PSCmdlet
{
    /// <summary>Names of devices, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SimulatedDeviceNameCompleter))]
    public string[] Hostname { get; set; } = ["*"];

    /// <summary>MAC addresses of devices.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MacAddressText]
    [ArgumentCompleter(typeof(SimulatedDeviceAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        List<WildcardPattern> patterns = [.. Hostname.Select(name => NamePattern.Of(name))];
        WriteObject(
            SimulatedDevices.All.Where(device =>
                patterns.Any(pattern => pattern.IsMatch(device.Hostname)) && (MacAddress is null || MacAddress.Contains(device.MacAddress))),
            true);
    }
}
