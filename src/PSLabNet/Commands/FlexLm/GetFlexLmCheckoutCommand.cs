using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Get-FlexLmCheckout: who holds, has reserved or waits for licenses, one object each.</summary>
[Cmdlet(VerbsCommon.Get, "FlexLmCheckout", DefaultParameterSetName = QuerySet)]
[OutputType(typeof(FlexLmCheckout))]
public sealed class GetFlexLmCheckoutCommand : FlexLmQueryCmdlet
{
    private const string InputSet = "InputObject";

    private List<WildcardPattern> users = [];
    private List<WildcardPattern> hosts = [];

    /// <summary>Names of features, with wildcards. Nothing else is asked for.</summary>
    [Parameter(Position = 0, ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("Name")]
    [ArgumentCompleter(typeof(LicenseFeatureCompleter))]
    public string[]? Feature { get; set; }

    /// <summary>License servers: port@host, @host, a triad in quotes, the path of a license file; those configured if none is named.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <summary>Names of vendor daemons, with wildcards. No other is asked.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseVendorCompleter))]
    public string[]? Vendor { get; set; }

    /// <summary>Names of users, with wildcards; of a reservation, of the group that it is for.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? User { get; set; }

    /// <summary>Names of the users' hosts, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? HostName { get; set; }

    /// <summary>Features, or snapshots that hold them: they are unrolled, and no server is queried again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [FeatureInput]
    public FlexLmFeature[]? InputObject { get; set; }

    /// <summary>Writes the checkouts of each feature as soon as they are known, and not in the order of servers, vendors and names.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    public SwitchParameter Stream { get; set; }

    private protected override bool IsStreamed => Stream;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        users = FlexLmRequest.Patterns(User);
        hosts = FlexLmRequest.Patterns(HostName);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != InputSet)
        {
            Request(Server, Feature, Vendor);
            return;
        }

        foreach (FlexLmFeature feature in InputObject!)
        {
            Write(feature);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName != InputSet)
        {
            AskFeatures();
        }
    }

    private protected override void Write(FlexLmFeature feature) =>
        WriteObject(feature.Checkouts.Concat(feature.Reservations).Where(IsWanted), true);

    private bool IsWanted(FlexLmCheckout checkout) => NamePattern.Fits(users, checkout.User) && NamePattern.Fits(hosts, checkout.HostName);
}
