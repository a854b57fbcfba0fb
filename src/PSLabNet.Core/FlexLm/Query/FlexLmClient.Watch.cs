using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Watching;
using PSLabNet.Logging;
using PSLabNet.Streams;

namespace PSLabNet.FlexLm.Query;

/// <content>Watching who takes licenses and gives them back.</content>
public sealed partial class FlexLmClient
{
    /// <summary>
    /// The time between two looks where nothing is said: 60 s. A vendor daemon serves everybody's checkouts with one
    /// thread, so less is not polite.
    /// </summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Looks at servers again and again, and gives an event for each license that was taken or given back, and for each
    /// server or vendor daemon that went down or came up. The first look at a server is what later ones are compared with.
    /// </summary>
    /// <param name="servers">The servers.</param>
    /// <param name="filter">The features and vendor daemons to ask for, null for all. Nothing else is asked for.</param>
    /// <param name="interval">From the start of one look to the start of the next; null for <see cref="DefaultInterval"/>.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>The events. The sequence does not end by itself; a server that fails is an event.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="servers"/> is null.</exception>
    public AsyncSequence<FlexLmCheckoutEvent> WatchCheckoutsAsync(
        IEnumerable<FlexLmServerAddress> servers, FlexLmFeatureFilter? filter = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(servers);
        Dictionary<FlexLmServerAddress, FlexLmFeatureFilter> wanted = servers.Distinct().ToDictionary(server => server, _ => filter ?? FlexLmFeatureFilter.All);
        return new AsyncSequence<FlexLmCheckoutEvent>(
            (changes, token) => WatchCheckoutsAsync(wanted, interval ?? DefaultInterval, changes.Add, _ => false, token), cancellationToken);
    }

    /// <summary>Looks at servers until the caller has enough.</summary>
    /// <param name="servers">The servers, each with what to ask it for.</param>
    /// <param name="interval">From the start of one look to the start of the next.</param>
    /// <param name="deliver">Receives each event; not called by two threads at a time.</param>
    /// <param name="isEnough">Asked after each look, with the time from the beginning to the next one.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task WatchCheckoutsAsync(
        IReadOnlyDictionary<FlexLmServerAddress, FlexLmFeatureFilter> servers,
        TimeSpan interval,
        Action<FlexLmCheckoutEvent> deliver,
        Func<TimeSpan, bool> isEnough,
        CancellationToken cancellationToken)
    {
        var watch = new FlexLmCheckoutWatch();
        FlexLmQueryOptions options = Options with { Log = new WarnOnceLog(Options.Log) };
        var clock = Stopwatch.StartNew();
        List<FlexLmServerAddress> asked = [.. servers.Keys];
        for (int look = 1; ; look++)
        {
            await ServerThrottle.ForEachAsync(asked.ToArray(), options, LookAsync, Deliver, cancellationToken).ConfigureAwait(false);
            Options.Log.Verbose($"Look {look} at {asked.Count} server(s) is done.");

            // Looks keep their beat; one that takes longer than the interval is followed by the next at once.
            TimeSpan wait = TimeSpan.FromTicks(interval.Ticks * look) - clock.Elapsed;
            wait = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            if (isEnough(clock.Elapsed + wait))
            {
                return;
            }

            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }

        async Task<IReadOnlyList<FlexLmCheckoutEvent>> LookAsync(FlexLmServerAddress server, FlexLmClient client, CancellationToken stop)
        {
            var features = new List<FlexLmFeature>();
            FlexLmFeatureResult result = await client.GetFeaturesAsync(server, servers[server.Asked], features.Add, stop).ConfigureAwait(false);
            lock (watch)
            {
                return watch.Compare(result, features, DateTimeOffset.Now);
            }
        }

        void Deliver(FlexLmServerAddress server, IReadOnlyList<FlexLmCheckoutEvent> changes)
        {
            foreach (FlexLmCheckoutEvent change in changes)
            {
                deliver(change);
            }

            // Three servers that were taken for a triad are asked one by one from now on, without another warning.
            if (server.Asked != server && asked.Remove(server.Asked))
            {
                asked.AddRange(server.Asked.Separate());
            }
        }
    }
}
