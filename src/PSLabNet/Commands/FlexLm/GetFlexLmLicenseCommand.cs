using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;
using PSLabNet.Text;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Get-FlexLmLicense: the lines of license files, or of the one that a server says it has.</summary>
[Cmdlet(VerbsCommon.Get, "FlexLmLicense", DefaultParameterSetName = QuerySet)]
[OutputType(typeof(FlexLmLicenseLine), ParameterSetName = [QuerySet, PathSet])]
[OutputType(typeof(string))]
public sealed class GetFlexLmLicenseCommand : FlexLmCmdlet
{
    private const string PathSet = "Path";

    /// <summary>License servers: port@host, @host, a triad in quotes; those configured if none is named.</summary>
    [Parameter(Position = 0, ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <summary>License files, with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("FullName", "PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The text, not its lines: of a file as it is, of a server made printable.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != PathSet)
        {
            Request(Server, null, null);
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
        if (ParameterSetName == PathSet)
        {
            return;
        }

        IReadOnlyList<FlexLmServerAddress> servers = [.. ResolveTargets().Select(target => target.Server)];
        AskEach<FlexLmLicenseResult>(servers, (server, client, stop) => client.AskLicenseAsync(server, stop), Write);
    }

    private void ReadFile(string path)
    {
        try
        {
            using TextReader reader = FlexLmLicenseFile.Open(path);
            if (Raw)
            {
                WriteObject(reader.ReadToEnd());
                return;
            }

            foreach (FlexLmLicenseLine line in FlexLmLicenseFile.Read(reader, path, WriteFault, warning => WriteWarning(warning.ToString())))
            {
                WriteObject(line);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteFailure(e, path);
        }
    }

    private void Write(FlexLmLicenseResult license)
    {
        if (license.Error is not null)
        {
            WriteFailure(new FlexLmServerException(license.Server, license.Error), license.Server);
        }

        if (Raw)
        {
            if (license.Text.Length > 0)
            {
                WriteObject(PrintableText.EscapeLines(license.Text));
            }

            return;
        }

        WriteObject(license.Lines, true);
        foreach (FlexLmLicenseFault fault in license.Faults)
        {
            WriteFault(fault);
        }
    }

    private void WriteFault(FlexLmLicenseFault fault) => WriteFailure(new LicenseFaultException(fault), fault.Source);
}
