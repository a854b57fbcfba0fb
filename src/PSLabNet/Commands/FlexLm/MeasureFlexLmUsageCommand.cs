using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Logs;
using PSLabNet.FlexLm.OptionsFiles;
using PSLabNet.FlexLm.Usage;
using PSLabNet.FlexLm.Usage.Tallies;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Measure-FlexLmUsage: how licenses were used, and how many would have been enough, from debug logs or samples.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "FlexLmUsage", DefaultParameterSetName = InputSet)]
[OutputType(typeof(FlexLmUsage))]
public sealed class MeasureFlexLmUsageCommand : LabCmdlet
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";

    private UsageMeter? meter;

    /// <summary>Debug logs, with wildcards; they may be compressed with gzip.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("FullName")]
    public string[] Path { get; set; } = [];

    /// <summary>Log events, samples, features, snapshots, rows of a CSV or JSON file with the columns of samples, license lines, or log files.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = PathSet)]
    [AllowEmptyCollection]
    public object[]? InputObject { get; set; }

    /// <summary>What to measure by. The feature always is one of the keys. Without it, by feature and pool.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public FlexLmUsageKey[] By { get; set; } = [FlexLmUsageKey.Feature, FlexLmUsageKey.Pool];

    /// <summary>Denials of the same user and feature that follow each other within this time count once.</summary>
    [Parameter]
    [DurationText]
    public TimeSpan DenialWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The night, in local time, as two times of the day.</summary>
    [Parameter]
    [NightText]
    public TimeSpan[] Overnight { get; set; } = [TimeSpan.FromHours(20), TimeSpan.FromHours(6)];

    /// <summary>License files, with wildcards, for the licenses issued, which debug logs do not contain.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? LicensePath { get; set; }

    /// <summary>Options files, with wildcards, for the members of groups.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? OptionsPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var options = new List<FlexLmOption>();
        ReadEach(OptionsPath, path =>
        {
            using TextReader reader = FlexLmOptionsFile.Open(path);
            options.AddRange(FlexLmOptionsFile.Read(reader, path, fault => WriteFailure(new OptionFaultException(fault), fault.Source)));
        });
        var groups = new GroupMembers(options);
        if (Array.IndexOf(By, FlexLmUsageKey.Group) >= 0 && groups.IsEmpty)
        {
            ThrowTerminatingError(ErrorRecords.ToErrorRecord(
                new ArgumentException("-By Group needs the members of the groups, and " + (OptionsPath is null ? "there is no -OptionsPath." : "the options files define no group.")), null, ErrorRecords.NoGroup));
        }

        meter = new UsageMeter(new UsageOptions
        {
            By = By,
            DenialWindow = DenialWindow,
            NightFrom = Overnight[0],
            NightTo = Overnight[1],
            Groups = groups,
        });
        ReadEach(LicensePath, ReadLicenses);
        ReadEach(Path, ReadLog);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object input in InputObject ?? [])
        {
            try
            {
                Take(UsageInput.Read(input));
            }
            catch (Exception e) when (e is PSInvalidCastException or InvalidCastException)
            {
                WriteFailure(e, input, ErrorRecords.WrongUsageInput);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            foreach (MeasuredUse use in meter!.Complete(StopToken))
            {
                WriteObject(use.Usage);
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Take(object value)
    {
        switch (value)
        {
            case FlexLmLogEvent item:
                meter!.Add(item);
                break;
            case FlexLmSample sample:
                meter!.Add(sample);
                break;
            case FlexLmFeature feature:
                meter!.Add(feature);
                break;
            case FlexLmSnapshot snapshot:
                foreach (FlexLmFeature feature in snapshot.Features)
                {
                    meter!.Add(feature);
                }

                break;
            case FlexLmLicenseLine line:
                meter!.Add(line);
                break;
            case string path:
                ReadEach([path], ReadLog);
                break;
            case FileInfo file:
                ReadEach([file.FullName], ReadLog);
                break;
            default:
                throw new InvalidCastException($"Use can't be measured from an object of type {value.GetType()}.");
        }
    }

    private void ReadEach(string[]? paths, Action<string> read)
    {
        foreach (string path in this.ResolveFiles(paths ?? []))
        {
            try
            {
                read(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteFailure(e, path);
            }
            catch (OperationCanceledException)
            {
                throw new PipelineStoppedException();
            }
        }
    }

    private void ReadLicenses(string path)
    {
        using TextReader reader = FlexLmLicenseFile.Open(path);
        foreach (FlexLmLicenseLine line in FlexLmLicenseFile.Read(reader, path, fault => WriteFailure(new LicenseFaultException(fault), fault.Source)))
        {
            meter!.Add(line);
        }
    }

    private void ReadLog(string path)
    {
        using var stream = new StoppableStream(path, RefreshProgress, StopToken);
        using IDisposable shown = ShowProgress(stream.Progress);
        foreach (FlexLmLogEvent item in FlexLmLogReader.Read(stream, new FlexLmLogOptions { Source = path, WrittenAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path)), OnWarning = WriteWarning }))
        {
            meter!.Add(item);
        }
    }
}
