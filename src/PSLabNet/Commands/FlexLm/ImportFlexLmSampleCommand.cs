using System;
using System.IO;
using System.Management.Automation;
using PSLabNet.Files;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Samples;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Import-FlexLmSample: reads the rows that Export-FlexLmSample has written, in files of any size.</summary>
[Cmdlet(VerbsData.Import, "FlexLmSample")]
[OutputType(typeof(FlexLmSample))]
public sealed class ImportFlexLmSampleCommand : LabCmdlet
{
    /// <summary>The files, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("FullName", "PSPath")]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in this.ResolveFiles(Path))
        {
            try
            {
                ReadFile(path);
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

    private void ReadFile(string path)
    {
        FileStream? file = null;
        Pump(async token => file = await FileInUse.OpenForReadAsync(path, token).ConfigureAwait(false));
        using var stream = new StoppableStream(file!, RefreshProgress, StopToken);
        using IDisposable shown = ShowProgress(stream.Progress);
        foreach (FlexLmSample sample in FlexLmSampleFile.Read(stream, path, fault => WriteFailure(new SampleFaultException(fault), fault.Source)))
        {
            WriteObject(sample);
        }
    }
}
