using System.Management.Automation;
using PSLabNet.FlexLm;
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
    protected override void ProcessRecord() => ReadSamples(Path, WriteObject);
}
