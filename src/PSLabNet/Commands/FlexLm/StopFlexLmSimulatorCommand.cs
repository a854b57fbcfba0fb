using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.Simulation.FlexLm;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Stop-FlexLmSimulator: stops simulated license servers of this process; without arguments, all of them.</summary>
[Cmdlet(VerbsLifecycle.Stop, "FlexLmSimulator")]
[OutputType(typeof(void))]
public sealed class StopFlexLmSimulatorCommand : PSCmdlet
{
    private readonly HashSet<int> ports = [];

    /// <summary>TCP ports of lmgrd.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public int[]? Port { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ports.UnionWith(Port ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Neither an empty pipeline nor a variable that is not set means all.
        bool all = ports.Count == 0 && !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Port));
        foreach (FlexLmSimulator simulator in RunningSimulators<FlexLmSimulator>.All.Where(simulator => all || ports.Contains(simulator.Port)))
        {
            RunningSimulators<FlexLmSimulator>.Stop(simulator);
        }
    }
}
