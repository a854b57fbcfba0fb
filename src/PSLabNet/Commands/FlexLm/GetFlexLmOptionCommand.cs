using System;
using System.IO;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.OptionsFiles;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Get-FlexLmOption: the lines of options files of vendor daemons.</summary>
[Cmdlet(VerbsCommon.Get, "FlexLmOption")]
[OutputType(typeof(FlexLmOption))]
public sealed class GetFlexLmOptionCommand : LabCmdlet
{
    /// <summary>Options files, with wildcards.</summary>
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
            ReadFile(path);
        }
    }

    private void ReadFile(string path)
    {
        try
        {
            using TextReader reader = FlexLmOptionsFile.Open(path);
            foreach (FlexLmOption option in FlexLmOptionsFile.Read(reader, path, fault => WriteFailure(new OptionFaultException(fault), fault.Source)))
            {
                StopToken.ThrowIfCancellationRequested();
                WriteObject(option);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteFailure(e, path);
        }
    }
}
