using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Comparison;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Settings;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.IcePap;

/// <summary>Test-IcePapNetwork: compares the devices that answer with a plan, and with what the name service and the network say.</summary>
[Cmdlet(VerbsDiagnostic.Test, "IcePapNetwork")]
[OutputType(typeof(IcePapNetworkState), typeof(bool))]
public sealed class TestIcePapNetworkCommand : IcePapCmdlet
{
    private readonly List<(MacAddress Target, IcePapSettings Settings)> rows = [];
    private readonly SearchProgress search = new();
    private int rowCount;
    private bool hasPlan;
    private bool isPlanRead = true;

    /// <summary>The planned devices.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] Plan { get; set; } = [];

    /// <summary>The search ends when nothing new was received for this time.</summary>
    [Parameter]
    [ValidateSeconds]
    [Alias("TimeoutSec")]
    public double TimeoutSeconds { get; set; } = 1.0;

    /// <summary>How often the request is repeated.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Retry { get; set; } = 3;

    /// <summary>How long the name service and other machines are asked, in all.</summary>
    [Parameter]
    [ValidateSeconds]
    public double ProbeSeconds { get; set; } = 1.5;

    /// <summary>Writes only whether everything is as planned.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        hasPlan |= MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(Plan));
        foreach (PSObject row in Plan)
        {
            rowCount++;
            try
            {
                rows.Add(PlanRow.Read(row));
            }
            catch (Exception e) when (e is ArgumentTransformationMetadataException or PSInvalidCastException)
            {
                isPlanRead = false;
                WriteFailure(new ArgumentException(FormattableString.Invariant($"Row {rowCount} of the plan is not read. {e.Message}"), e), row, ErrorRecords.InvalidPlan);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        hasPlan |= MyInvocation.ExpectingInput;
        IReadOnlyList<IcePapNetworkState> states = [];
        if (!TryUseTransport(transport => states = Compare(transport)) && !Quiet)
        {
            return;
        }

        if (Quiet)
        {
            WriteObject(isPlanRead && states.Count > 0 && states.All(IsGood));
        }
        else
        {
            WriteObject(states, true);
        }
    }

    private bool IsGood(IcePapNetworkState state) => state.State == IcePapPlanState.AsPlanned || (!hasPlan && state.State == IcePapPlanState.Unplanned);

    private IReadOnlyList<IcePapNetworkState> Compare(IcePapTransport transport)
    {
        IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> plan = MergedSettings.Of(rows, Log);
        IReadOnlyList<LocalInterface> interfaces = InterfaceSelection.GetAll();
        IReadOnlyList<IcePapNetworkState> states = [];
        using IDisposable shown = ShowProgress(elapsed => search.Progress(elapsed, TimeSpan.FromSeconds(TimeoutSeconds)));
        Pump(async token => states = await CompareAsync(transport, plan, interfaces, token).ConfigureAwait(false));
        if (!search.HasFound && !Quiet && FirewallHint.ForSilence(transport.SendingInterfaces) is { } hint)
        {
            WriteWarning(hint);
        }

        return states;
    }

    private async Task<IReadOnlyList<IcePapNetworkState>> CompareAsync(
        IcePapTransport transport, IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> plan, IReadOnlyList<LocalInterface> interfaces, CancellationToken cancellationToken)
    {
        var session = new IcePapSession(transport, Log);
        var timing = new IcePapTiming(TimeSpan.FromSeconds(TimeoutSeconds), Retry);
        DeviceInventory present = await session.DiscoverAsync(timing, Found, null, cancellationToken).ConfigureAwait(false);
        var network = NetworkPlan.Of(present, plan);
        var probes = new NetworkProbes(interfaces, TimeSpan.FromSeconds(ProbeSeconds));
        return NetworkComparison.Of(network, await probes.RunAsync(network.Devices, cancellationToken).ConfigureAwait(false));

        void Found(IcePapDevice device)
        {
            search.Found();
            SeenDevices.Add(device);
        }
    }
}
