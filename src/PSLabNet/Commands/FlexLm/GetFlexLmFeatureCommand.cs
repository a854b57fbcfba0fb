using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Get-FlexLmFeature: what license servers serve, how much of it is in use, and by whom.</summary>
[Cmdlet(VerbsCommon.Get, "FlexLmFeature")]
[OutputType(typeof(FlexLmFeature))]
public sealed class GetFlexLmFeatureCommand : FlexLmQueryCmdlet
{
    /// <summary>Names of features, with wildcards. Nothing else is asked for.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("Feature")]
    [ArgumentCompleter(typeof(LicenseFeatureCompleter))]
    public string[]? Name { get; set; }

    /// <summary>License servers: port@host, @host, a triad in quotes, the path of a license file; those configured if none is named.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <summary>Names of vendor daemons, with wildcards. No other is asked.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseVendorCompleter))]
    public string[]? Vendor { get; set; }

    /// <summary>Path of lmutil or lmstat, which is run instead: for servers that answer no plain query.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LmUtilPath { get; set; }

    /// <summary>Writes each feature as soon as it is known, and not in the order of servers, vendors and names.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    private protected override bool IsStreamed => Stream;

    private protected override string? LmUtil => LmUtilPath is null ? null : this.ToProgram(LmUtilPath);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Request(Server, Name, Vendor);

    /// <inheritdoc/>
    protected override void EndProcessing() => AskFeatures();

    private protected override void Write(FlexLmFeature feature) => WriteObject(feature);
}
