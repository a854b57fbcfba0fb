using System;
using System.IO;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Metrics;
using PSLabNet.Parameters;

namespace PSLabNet.Commands;

/// <summary>Export-FlexLmMetric: writes servers and features for the textfile collector of windows_exporter and node_exporter.</summary>
[Cmdlet(VerbsData.Export, "FlexLmMetric", DefaultParameterSetName = QuerySet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFlexLmMetricCommand : FlexLmQueryCmdlet
{
    private const string InputSet = "InputObject";

    private FlexLmMetrics metrics = new();

    /// <summary>The file, usually *.prom. It is replaced as a whole: a collector never reads half of it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>License servers: port@host, @host, a triad in quotes, the path of a license file; those configured if none is named.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <summary>Names of features, with wildcards. Nothing else is asked for.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseFeatureCompleter))]
    public string[]? Feature { get; set; }

    /// <summary>Names of vendor daemons, with wildcards. No other is asked.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseVendorCompleter))]
    public string[]? Vendor { get; set; }

    /// <summary>Features and server statuses that were asked for before; nothing is asked again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [ValidateFlexLmObject]
    public object[]? InputObject { get; set; }

    /// <summary>What the label app says; without it the server as it was asked for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? App { get; set; }

    /// <summary>Leaves out the series that name users.</summary>
    [Parameter]
    public SwitchParameter ExcludeUser { get; set; }

    /// <summary>Writes the file object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        metrics = new FlexLmMetrics { App = App, Users = ExcludeUser ? FlexLmMetricUsers.Leave : FlexLmMetricUsers.Name };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != InputSet)
        {
            Request(Server, Feature, Vendor);
            return;
        }

        foreach (object input in InputObject!)
        {
            switch ((input as PSObject)?.BaseObject ?? input)
            {
                case FlexLmFeature feature:
                    metrics.Add(feature);
                    break;
                case FlexLmServerStatus status:
                    metrics.Add(status);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName != InputSet)
        {
            AskFeatures();
        }

        string path = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path, "Write metrics"))
        {
            return;
        }

        try
        {
            ReplacedFile.Write(path, metrics.Write);
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(e, "PSLabNet.FileNotWritable", ErrorCategory.WriteError, path));
        }
    }

    private protected override void Write(FlexLmFeature feature) => metrics.Add(feature);

    private protected override void Take(FlexLmServerStatus server) => metrics.Add(server);
}
