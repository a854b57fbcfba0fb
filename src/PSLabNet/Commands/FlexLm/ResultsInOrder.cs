using System;
using System.Collections.Generic;
using PSLabNet.FlexLm;

namespace PSLabNet.Commands.FlexLm;

/// <summary>Passes the results of servers on in the order in which the servers were named, whichever answers first.</summary>
internal sealed class ResultsInOrder<T>(IEnumerable<FlexLmServerAddress> servers, Action<T> take)
{
    private readonly Queue<FlexLmServerAddress> next = new(servers);
    private readonly Dictionary<FlexLmServerAddress, List<T>> early = [];

    /// <summary>Takes a result, and passes on those that are next.</summary>
    /// <param name="server">The server, or one of the three that were named like a triad.</param>
    /// <param name="result">Its result.</param>
    public void Add(FlexLmServerAddress server, T result)
    {
        if (!early.TryGetValue(server.Asked, out List<T>? results))
        {
            early.Add(server.Asked, results = []);
        }

        results.Add(result);
        if (server.Asked != server && results.Count < server.Asked.Nodes.Count)
        {
            return;
        }

        while (next.Count > 0 && early.TryGetValue(next.Peek(), out List<T>? ready))
        {
            early.Remove(next.Dequeue());
            ready.ForEach(take);
        }
    }
}
