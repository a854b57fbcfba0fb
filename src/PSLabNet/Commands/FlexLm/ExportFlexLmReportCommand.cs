using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Export-FlexLmReport: writes one HTML page about the features, their users, their expiry and the denials.</summary>
[Cmdlet(VerbsData.Export, "FlexLmReport", DefaultParameterSetName = QuerySet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFlexLmReportCommand : FlexLmExportCmdlet
{
    private FlexLmReportBuilder report = new();

    /// <summary>Heading of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "License report";

    /// <summary>Files of samples, with wildcards: they add the use over time.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? SamplePath { get; set; }

    /// <summary>Names of features, with wildcards, whose use is shown by the hour of the week.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseFeatureCompleter))]
    public string[]? HeatMap { get; set; }

    /// <summary>A feature counts as full from this percentage of the licenses issued.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public double FullPercent { get; set; } = new ReportThresholds().FullPercent;

    /// <summary>Licenses expire soon if at most this number of days is left.</summary>
    [Parameter]
    [ValidateRange(0, 3650)]
    public int ExpiryDays { get; set; } = new ReportThresholds().ExpiryDays;

    private protected override string Description => "Write report";

    private protected override string Usable => "the output of Get-FlexLmFeature, Get-FlexLmStatus, ConvertFrom-LmStat, Import-FlexLmLog or Import-FlexLmSample";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        List<WildcardPattern> mapped = FlexLmRequest.Patterns(HeatMap);
        report = new FlexLmReportBuilder(mapped.Count == 0 ? null : name => NamePattern.Fits(mapped, name))
        {
            Thresholds = new ReportThresholds { FullPercent = FullPercent, ExpiryDays = ExpiryDays },
        };
    }

    private protected override bool TryTake(object value)
    {
        switch (value)
        {
            case FlexLmFeature feature:
                report.Add(feature);
                return true;
            case FlexLmServerStatus status:
                report.Add(status);
                return true;
            case FlexLmSnapshot snapshot:
                report.Add(snapshot);
                return true;
            case FlexLmLogEvent one:
                report.Add(one);
                return true;
            case FlexLmSample sample:
                report.Add(sample);
                return true;
            default:
                return false;
        }
    }

    private protected override bool TakeFiles()
    {
        bool hasSamples = false;
        if (SamplePath is not null)
        {
            ReadSamples(SamplePath, sample =>
            {
                hasSamples = true;
                report.Add(sample);
            });
        }

        return hasSamples;
    }

    private protected override void WriteFile(TextWriter writer) => FlexLmReportWriter.Write(writer, report.ToReport(Title, DateTimeOffset.Now));
}
