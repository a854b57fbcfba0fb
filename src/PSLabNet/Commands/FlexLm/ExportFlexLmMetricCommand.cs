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

    /// <summary>The value of the label app; without it, the server as the caller named it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? App { get; set; }

    /// <summary>Omits the series that name users.</summary>
    [Parameter]
    public SwitchParameter ExcludeUser { get; set; }

    /// <summary>Adds the labels host and version to the series that name users.</summary>
    [Parameter]
    public SwitchParameter UserLabel { get; set; }

    /// <summary>Adds the label vendor to all series of features, even if only one vendor daemon serves the name.</summary>
    [Parameter]
    public SwitchParameter VendorLabel { get; set; }

    /// <summary>Writes a last day of 1 January 2099 or later as never.</summary>
    [Parameter]
    public SwitchParameter FarExpiryAsNever { get; set; }

    private protected override string Description => "Write metrics";

    /// <inheritdoc/>
    protected override void BeginProcessing() => metrics = new FlexLmMetrics(new FlexLmMetricOptions
    {
        App = App,
        Users = ExcludeUser ? FlexLmMetricUsers.Leave : FlexLmMetricUsers.Name,
        UserLabels = UserLabel ? FlexLmMetricUserLabels.SinceHostVersion : FlexLmMetricUserLabels.Since,
        Vendors = VendorLabel ? FlexLmMetricVendors.Always : FlexLmMetricVendors.WhereNamesCollide,
        FarExpiry = FarExpiryAsNever ? FlexLmMetricExpiry.Never : FlexLmMetricExpiry.Day,
    });

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
