using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>
/// Watch-FlexLmCheckout: returns an event for each license that is checked out or returned, and for each server or vendor
/// daemon that goes down or comes up.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "FlexLmCheckout")]
[OutputType(typeof(FlexLmCheckoutEvent))]
public sealed class WatchFlexLmCheckoutCommand : FlexLmCmdlet
{
    private List<WildcardPattern> users = [];
    private int written;

    /// <summary>Names of features, with wildcards. No other feature is queried.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseFeatureCompleter))]
    public string[]? Feature { get; set; }

    /// <summary>License servers: port@host, @host, a triad in quotes, the path of a license file. Without it, the configured servers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <summary>Names of vendor daemons, with wildcards. No other daemon is queried.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseVendorCompleter))]
    public string[]? Vendor { get; set; }

    /// <summary>Names of users, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseUserCompleter))]
    public string[]? User { get; set; }

    /// <summary>Time between two queries. A vendor daemon serves all checkouts with one thread: less than a minute is inconsiderate.</summary>
    [Parameter]
    [ValidateSeconds]
    public double IntervalSeconds { get; set; } = 60;

    /// <summary>Ends after this number of events.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = int.MaxValue;

    /// <summary>Ends after this time. Without it, and without a count, Ctrl-C ends it.</summary>
    [Parameter]
    [ValidateSeconds]
    public double? DurationSeconds { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => users = FlexLmRequest.Patterns(User);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Request(Server, Feature, Vendor);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IReadOnlyList<FlexLmTarget> targets = ResolveTargets();
        if (targets.Count > 0)
        {
            TimeSpan end = DurationSeconds is { } duration ? TimeSpan.FromSeconds(duration) : TimeSpan.MaxValue;
            var client = new FlexLmClient(Options);
            using IDisposable? progress = DurationSeconds is { } seconds
                ? ShowProgress(elapsed => WorkProgress.OfTime($"{written} events", elapsed, TimeSpan.FromSeconds(seconds) - elapsed))
                : null;
            Pump(token => client.WatchCheckoutsAsync(
                targets.ToDictionary(target => target.Server, target => target.Filter),
                TimeSpan.FromSeconds(IntervalSeconds),
                Write,
                nextLook => written >= Count || nextLook > end,
                token));
        }
    }

    private void Write(FlexLmCheckoutEvent change)
    {
        bool isWanted = change.Checkout is null || NamePattern.Fits(users, change.User);
        if (isWanted && written < Count)
        {
            written++;
            SeenUsers.Add(change.Checkout is null ? [] : [change.Checkout]);
            Post(() => WriteObject(change));
        }
    }
}
