using System.IO;
using System.Linq;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Metrics;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Export-FlexLmMetric: writes servers and features for the textfile collector of windows_exporter and node_exporter.</summary>
[Cmdlet(VerbsData.Export, "FlexLmMetric", DefaultParameterSetName = QuerySet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFlexLmMetricCommand : FlexLmExportCmdlet
{
    private FlexLmMetrics metrics = new();

    /// <summary>What the label app says; without it the server as it was asked for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? App { get; set; }

    /// <summary>Leaves out the series that name users.</summary>
    [Parameter]
    public SwitchParameter ExcludeUser { get; set; }

    private protected override string Description => "Write metrics";

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        metrics = new FlexLmMetrics { App = App, Users = ExcludeUser ? FlexLmMetricUsers.Leave : FlexLmMetricUsers.Name };

    private protected override bool TryTake(object value)
    {
        switch (value)
        {
            case FlexLmFeature feature:
                metrics.Add(feature);
                return true;
            case FlexLmServerStatus status:
                metrics.Add(status);
                return true;
            case FlexLmSnapshot snapshot:
                snapshot.Servers.ToList().ForEach(metrics.Add);
                snapshot.Features.ToList().ForEach(metrics.Add);
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFile(TextWriter writer) => metrics.Write(writer);
}
