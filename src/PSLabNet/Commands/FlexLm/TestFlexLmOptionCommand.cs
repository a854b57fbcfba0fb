using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.OptionsFiles;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Test-FlexLmOption: what is wrong with options files, alone and against the licenses that they are for.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FlexLmOption", DefaultParameterSetName = AloneSet)]
[OutputType(typeof(FlexLmOptionFinding))]
public sealed class TestFlexLmOptionCommand : FlexLmCmdlet
{
    private const string AloneSet = "Alone";
    private const string LicenseSet = "License";

    private readonly List<string> files = [];

    /// <summary>Options files, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("FullName", "PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>License files to check against, with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LicenseSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] LicensePath { get; set; } = [];

    /// <summary>The license server to check against: port@host, @host, or a triad in quotes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => files.AddRange(this.ResolveFiles(Path));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IReadOnlyList<FlexLmLicenseLine>? licenses = ParameterSetName switch
        {
            LicenseSet => ReadLicenses(),
            QuerySet => AskLicenses(),
            _ => null,
        };
        if (licenses is { Count: 0 })
        {
            // Without a license line, every feature would be missing. The error about the file or the server is written.
            return;
        }

        foreach (string file in files.Distinct())
        {
            TestFile(file, licenses);
        }
    }

    private void TestFile(string path, IReadOnlyList<FlexLmLicenseLine>? licenses)
    {
        var findings = new List<FlexLmOptionFinding>();
        try
        {
            using TextReader reader = FlexLmOptionsFile.Open(path);
            FlexLmOption[] options = [.. FlexLmOptionsFile.Read(reader, path, findings.Add)];
            findings.AddRange(FlexLmOptionsFile.Check(options, licenses));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteFailure(e, path);
        }

        WriteObject(findings.OrderBy(finding => finding.Line), true);
    }

    private List<FlexLmLicenseLine> ReadLicenses()
    {
        var lines = new List<FlexLmLicenseLine>();
        foreach (string path in this.ResolveFiles(LicensePath))
        {
            try
            {
                using TextReader reader = FlexLmLicenseFile.Open(path);
                lines.AddRange(FlexLmLicenseFile.Read(reader, path, WriteFault));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteFailure(e, path);
            }
        }

        return lines;
    }

    private List<FlexLmLicenseLine> AskLicenses()
    {
        Request(Server, null, null);
        var lines = new List<FlexLmLicenseLine>();
        IReadOnlyList<FlexLmServerAddress> servers = [.. ResolveTargets().Select(target => target.Server)];
        AskEach<FlexLmLicenseResult>(servers, (server, client, stop) => client.GetLicenseAsync(server, stop), license =>
        {
            lines.AddRange(license.Lines);
            foreach (FlexLmLicenseFault fault in license.Faults)
            {
                WriteFault(fault);
            }

            if (license.Error is not null)
            {
                WriteFailure(new FlexLmServerException(license.Server, license.Error), license.Server);
            }
        });
        return lines;
    }

    private void WriteFault(FlexLmLicenseFault fault) => WriteFailure(new LicenseFaultException(fault), fault.Source);
}
