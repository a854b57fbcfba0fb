using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>
/// Denials of a log. Programs try again and again, so denials of the same user and feature that follow each other within the
/// window are one request. From its first denial, the user waits until licenses are checked out or queued for, at the latest
/// until the window after the last denial has passed.
/// </summary>
internal sealed class DenialChains(TimeSpan window)
{
    /// <summary>LM_MAXUSERS, the one reason that more licenses remove.</summary>
    private const int MaxUsers = -4;

    private readonly Dictionary<(string Daemon, string Feature, string User), Chain> chains = [];

    /// <summary>Adds a denial.</summary>
    /// <param name="item">The event.</param>
    /// <param name="order">Its place in the log.</param>
    /// <param name="party">Who was denied.</param>
    /// <param name="feature">Receives the request and its wait.</param>
    public void Add(FlexLmLogEvent item, long order, int party, LogFeature feature)
    {
        var key = (item.Daemon, item.Feature, item.User);
        long at = item.Time.UtcTicks;
        if (!chains.TryGetValue(key, out Chain? chain))
        {
            chains.Add(key, chain = new Chain());
        }
        else if (at - chain.Last > window.Ticks)
        {
            EndWait(chain, chain.Last + window.Ticks, order, feature);
            chain.IsCounted = false;
        }

        if (!chain.IsCounted)
        {
            feature.Denials.Add(new DeniedRequest(at, party));
            chain.IsCounted = true;
        }

        chain.Last = Math.Max(chain.Last, at);
        chain.Feature = feature;

        // Without a number, as in old logs, it is taken as the usual reason.
        if (item.ErrorNumber is null or MaxUsers)
        {
            chain.Wait = chain.Wait is { } wait
                ? wait with { Count = Math.Max(wait.Count, item.Count) }
                : new UseInterval(at, order, 0, 0, Math.Max(item.Count, 1), party, IntervalKind.Wait);
            chain.LastWait = Math.Max(chain.LastWait, at);
        }
    }

    /// <summary>Notes that a user has licenses, or stands in the queue.</summary>
    public void Satisfy(FlexLmLogEvent item, long order)
    {
        if (chains.Count > 0 && chains.TryGetValue((item.Daemon, item.Feature, item.User), out Chain? chain) && chain.Wait is not null)
        {
            EndWait(chain, Math.Min(item.Time.UtcTicks, chain.LastWait + window.Ticks), order, chain.Feature!);
        }
    }

    /// <summary>Ends all requests.</summary>
    public void Complete()
    {
        foreach (Chain chain in chains.Values)
        {
            if (chain.Feature is { } feature)
            {
                EndWait(chain, chain.LastWait + window.Ticks, long.MaxValue, feature);
            }
        }

        chains.Clear();
    }

    private void EndWait(Chain chain, long to, long order, LogFeature feature)
    {
        if (chain.Wait is { } wait)
        {
            long end = Math.Min(to, chain.LastWait + window.Ticks);
            feature.Intervals.Add(wait with { To = Math.Max(end, wait.From), ToOrder = order });
            chain.Wait = null;
        }
    }

    private sealed class Chain
    {
        public bool IsCounted { get; set; }

        public long Last { get; set; } = long.MinValue;

        /// <summary>The last denial that more licenses would have avoided.</summary>
        public long LastWait { get; set; } = long.MinValue;

        public UseInterval? Wait { get; set; }

        public LogFeature? Feature { get; set; }
    }
}
