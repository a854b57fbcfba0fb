using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Watching;

namespace PSLabNet.Soak.Client;

/// <summary>Watches checkouts and returns, like Watch-FlexLmCheckout.</summary>
internal sealed class CheckoutLooks(IReadOnlyCollection<FlexLmServerAddress> servers, Journal journal, Tally tally, Planted planted)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);
    private static readonly FlexLmQueryOptions Options = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly FlexLmCheckoutWatch watch = new();

    public async Task RunAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                await LookAsync(token);
                await Task.Delay(Interval, token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run; the result of the last query was never compared.
        }
    }

    /// <summary>Queries all servers once.</summary>
    public Task LookAsync(CancellationToken token) => ServerThrottle.ForEachAsync(servers, Options, LookAsync, (_, _) => { }, token);

    private async Task<bool> LookAsync(FlexLmServerAddress server, FlexLmClient client, CancellationToken token)
    {
        long began = Journal.Now;
        var features = new List<FlexLmFeature>();
        FlexLmFeatureResult result = await client.GetFeaturesAsync(server, FlexLmFeatureFilter.All, features.Add, token);
        long ended = Journal.Now;
        IReadOnlyList<FlexLmCheckoutEvent> events;
        lock (watch)
        {
            events = watch.Compare(result, features, DateTimeOffset.Now);
        }

        // Only a complete query proves that a license that it did not list is not held.
        bool isWhole = result.Server.Status != FlexLmState.Down && result.Server.Error is null && result.Errors.Count == 0;
        string complete = string.Join(' ', features.Where(feature => feature.IsComplete && feature.Error is null).Select(feature => feature.Name));
        journal.Add("L", began, ended, server.Text, isWhole ? 1 : 0, complete);
        tally.Add("checkout poll: " + (result.Server.Status == FlexLmState.Down ? "Down" : isWhole && features.TrueForAll(feature => feature.IsComplete) ? "complete" : "incomplete"));
        foreach (FlexLmCheckoutEvent change in events.Where(change => !planted.IsHit(Leak.Event)))
        {
            journal.Add("E", ended, change.Kind, server.Text, change.Vendor, change.User);
            tally.Add($"watch event: {change.Kind}");
        }

        return isWhole;
    }
}
