using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>ConvertFrom-LmStat: converts the output of lmutil lmstat to the same objects that queries of the servers return.</summary>
[Cmdlet(VerbsData.ConvertFrom, "LmStat", DefaultParameterSetName = TextSet)]
[OutputType(typeof(FlexLmSnapshot))]
public sealed class ConvertFromLmStatCommand : LabCmdlet
{
    private const string TextSet = "InputObject";
    private const string PathSet = "Path";

    private FlexLmStatReader? reader;

    /// <summary>The output of lmstat, line by line or as one text.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TextSet, ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [AllowNull]
    public string?[]? InputObject { get; set; }

    /// <summary>Files with the output, with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("FullName", "PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The server, as the caller named it; without it, the server in the report.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string Server { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == TextSet)
        {
            reader ??= new FlexLmStatReader(new FlexLmStatOptions { Server = Server });
            foreach (string? line in InputObject ?? [])
            {
                Write(reader.Add(line));
            }

            return;
        }

        foreach (string path in this.ResolveFiles(Path))
        {
            ReadFile(path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (reader?.Complete() is { } last)
        {
            Write([last]);
        }
    }

    private void ReadFile(string path)
    {
        try
        {
            using var stream = new StoppableStream(path, RefreshProgress, StopToken);
            using IDisposable shown = ShowProgress(stream.Progress);
            var options = new FlexLmStatOptions { Source = path, Server = Server, ReadAt = new FileInfo(path).LastWriteTime };
            Write(FlexLmStatReader.Read(stream, options));
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

    private void Write(IEnumerable<FlexLmSnapshot> snapshots)
    {
        foreach (FlexLmSnapshot snapshot in snapshots)
        {
            foreach (string warning in snapshot.Warnings)
            {
                WriteWarning(warning);
            }

            if (ReportAge.Describe(snapshot, DateTimeOffset.Now) is { } age)
            {
                WriteWarning(age);
            }

            foreach (FlexLmFeature feature in snapshot.Features)
            {
                SeenLicenses.Add(feature);
                SeenUsers.Add(feature);
            }

            WriteObject(snapshot);
        }
    }
}
