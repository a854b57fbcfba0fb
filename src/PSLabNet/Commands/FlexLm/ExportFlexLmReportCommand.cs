using System;
using System.IO;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Export-FlexLmReport: writes one HTML page about the features, their users, their expiry and the denials.</summary>
[Cmdlet(VerbsData.Export, "FlexLmReport", DefaultParameterSetName = QuerySet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFlexLmReportCommand : FlexLmExportCmdlet
{
    private readonly FlexLmReportBuilder report = new();

    /// <summary>Heading of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "License report";

    private protected override string Description => "Write report";

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
            default:
                return false;
        }
    }

    private protected override void WriteFile(TextWriter writer) => FlexLmReportWriter.Write(writer, report.ToReport(Title, DateTimeOffset.Now));
}
