using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Samples;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Export-FlexLmSample: writes one row for each feature, which spreadsheets and databases read, and appends more at each run.</summary>
[Cmdlet(VerbsData.Export, "FlexLmSample", DefaultParameterSetName = QuerySet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFlexLmSampleCommand : FlexLmExportCmdlet
{
    private readonly List<FlexLmSample> samples = [];

    /// <summary>Adds rows to the file, which other jobs may do at the same time.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Appends to a file for each month: usage-2026-11.csv.</summary>
    [Parameter]
    public SwitchParameter Monthly { get; set; }

    private protected override string Description => IsAppended ? "Append samples" : "Write samples";

    private protected override string Usable => "the output of Get-FlexLmFeature, ConvertFrom-LmStat or Import-FlexLmSample, or rows with the columns Time, Feature and InUse";

    private protected override string WhyQueryIsEmpty => "no license server told of a feature";

    // A month's file that each run replaces would be lost work.
    private bool IsAppended => Append || Monthly;

    // Rows of a CSV file or a database.
    private protected override object Restore(object input) =>
        input is PSObject { BaseObject: PSCustomObject } && !DeserializedObject.IsReturned(input) ? UsageInput.Read(input) : base.Restore(input);

    private protected override bool TryTake(object value)
    {
        switch (value)
        {
            case FlexLmSample sample:
                samples.Add(sample);
                return true;
            case FlexLmFeature feature:
                samples.Add(new FlexLmSample(feature));
                return true;
            case FlexLmSnapshot snapshot:
                samples.AddRange(snapshot.Features.Select(feature => new FlexLmSample(feature)));
                return true;
            default:
                return false;
        }
    }

    private protected override bool HasContent => samples.Count > 0;

    private protected override string FirstFileOf(string path) => Monthly ? FlexLmSampleFile.MonthlyPath(path, DateTimeOffset.UtcNow) : path;

    private protected override IEnumerable<string> FilesOf(string path) =>
        Monthly ? samples.Select(sample => FlexLmSampleFile.MonthlyPath(path, sample.Time)).Distinct().OrderBy(file => file, StringComparer.Ordinal) : [path];

    private protected override Task WriteAsync(string path, string file, CancellationToken cancellationToken)
    {
        IEnumerable<FlexLmSample> ofFile = Monthly ? samples.Where(sample => FlexLmSampleFile.MonthlyPath(path, sample.Time) == file) : samples;
        return IsAppended ? FlexLmSampleFile.AppendAsync(file, ofFile, cancellationToken) : FlexLmSampleFile.WriteAsync(file, ofFile, cancellationToken);
    }
}
