using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmUtil;
using PSLabNet.FlexLm.Query;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Get-FlexLmStatus: whether license servers and their vendor daemons are up. One object for each server, also when it is down.</summary>
[Cmdlet(VerbsCommon.Get, "FlexLmStatus")]
[OutputType(typeof(FlexLmServerStatus))]
public sealed class GetFlexLmStatusCommand : FlexLmCmdlet
{
    /// <summary>License servers: port@host, @host, a triad in quotes, the path of a license file; those configured if none is named.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <summary>Vendor daemons to look at, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseVendorCompleter))]
    public string[]? Vendor { get; set; }

    /// <summary>Path of lmutil or lmstat, which is run instead: for servers that answer no plain query.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LmUtilPath { get; set; }

    /// <summary>Writes each server as soon as its query ends, and not in the order of the servers.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    private protected override bool IsStreamed => Stream;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Request(Server, null, Vendor);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IReadOnlyList<FlexLmTarget> targets = ResolveTargets();
        string? program = LmUtilPath is null ? null : this.ToProgram(LmUtilPath);
        Dictionary<FlexLmServerAddress, FlexLmTarget> byServer = targets.ToDictionary(target => target.Server);
        AskEach<FlexLmServerStatus>([.. targets.Select(target => target.Server)], AskAsync, Write);

        void Write(FlexLmServerStatus status)
        {
            SeenLicenses.Add(status);
            WriteObject(status);
        }

        async Task<FlexLmServerStatus> AskAsync(FlexLmServerAddress server, FlexLmClient client, CancellationToken stop)
        {
            FlexLmFeatureFilter filter = byServer[server.Asked].Filter;
            return program is null
                ? await client.AskStatusAsync(server, filter, stop).ConfigureAwait(false)
                : (await LmUtilQuery.RunAsync(program, server, filter, client.Options, _ => { }, stop).ConfigureAwait(false)).Server;
        }
    }
}
