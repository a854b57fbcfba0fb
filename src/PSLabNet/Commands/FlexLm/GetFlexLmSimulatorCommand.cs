using System.Linq;
using System.Management.Automation;
using PSLabNet.Simulation.FlexLm;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Get-FlexLmSimulator: returns the simulated license servers of this process, with their counts.</summary>
[Cmdlet(VerbsCommon.Get, "FlexLmSimulator")]
[OutputType(typeof(FlexLmSimulator))]
public sealed class GetFlexLmSimulatorCommand : PSCmdlet
{
    /// <summary>TCP ports of lmgrd.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public int[]? Port { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(RunningSimulators<FlexLmSimulator>.All.Where(simulator => Port is null || Port.Contains(simulator.Port)), true);
}
