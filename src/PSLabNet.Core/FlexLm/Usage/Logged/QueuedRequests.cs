using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>Who requests what of which daemon.</summary>
internal readonly record struct RequestKey(string Daemon, string Feature, string User, string HostName)
{
    public RequestKey(FlexLmLogEvent item)
        : this(item.Daemon, item.Feature, item.User, item.HostName)
    {
    }
}

/// <summary>
/// Requests in the queues of a log. QUEUED begins a wait; DEQUEUED ends the oldest of the same user, host and feature, and so
/// does OUT, since not every version writes DEQUEUED when it grants the licenses.
/// </summary>
internal sealed class QueuedRequests
{
    private readonly Dictionary<RequestKey, Queue<UseInterval>> waiting = [];

    public void Begin(FlexLmLogEvent item, long order, int party)
    {
        var key = new RequestKey(item);
        if (!waiting.TryGetValue(key, out Queue<UseInterval>? requests))
        {
            waiting.Add(key, requests = new Queue<UseInterval>());
        }

        requests.Enqueue(new UseInterval(item.Time.UtcTicks, order, 0, 0, Math.Max(item.Count, 1), party, IntervalKind.Wait));
    }

    /// <summary>Ends the oldest wait of the event's user; null if there is none.</summary>
    public UseInterval? End(FlexLmLogEvent item, long order)
    {
        var key = new RequestKey(item);
        if (waiting.Count == 0 || !waiting.TryGetValue(key, out Queue<UseInterval>? requests))
        {
            return null;
        }

        UseInterval wait = requests.Dequeue();
        UseInterval ended = wait with { To = Math.Max(wait.From, item.Time.UtcTicks), ToOrder = order };
        if (requests.Count == 0)
        {
            waiting.Remove(key);
        }

        return ended;
    }

    /// <summary>Removes and returns the waits for the features of a daemon, or of all; their ends are not set.</summary>
    public IReadOnlyList<(RequestKey Key, UseInterval Wait)> TakeAll(string? daemon)
    {
        RequestKey[] keys = [.. waiting.Keys.Where(key => daemon is null || key.Daemon == daemon)];
        var all = new List<(RequestKey Key, UseInterval Wait)>();
        foreach (RequestKey key in keys)
        {
            all.AddRange(waiting[key].Select(wait => (key, wait)));
            waiting.Remove(key);
        }

        return all;
    }
}
