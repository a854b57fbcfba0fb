using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query;

/// <summary>Three hosts that were joined by commas are not the nodes of a triad: each is to be asked by itself.</summary>
internal sealed class SeparateServersException : Exception
{
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(1);

    private readonly FlexLmServerStatus status;

    /// <summary>Says what shows it.</summary>
    /// <param name="address">The servers.</param>
    /// <param name="difference">What shows it.</param>
    /// <param name="nodes">What each said.</param>
    /// <param name="session">The query that found it.</param>
    public SeparateServersException(FlexLmServerAddress address, string difference, IEnumerable<TriadNode> nodes, ServerSession session)
        : base($"{address.Text} are license servers of their own and not the nodes of a triad: {difference}. Each is queried by itself. Separate them by semicolons.")
    {
        Servers = address.Separate();
        Remaining = session.Remaining > LeastTime ? session.Remaining : LeastTime;
        status = new FlexLmServerStatus(ServerAccess.Start(address, address.Nodes[0], session))
        {
            Status = FlexLmState.Degraded,
            Nodes = [.. nodes.Select(node => node.Status)],
            Error = new FlexLmError
            {
                Message = $"{address.Text} are license servers of their own and not the nodes of a triad: {difference}. Query each by itself.",
                Action = "hello",
            },
        };
    }

    /// <summary>The servers, each by itself.</summary>
    public IReadOnlyList<FlexLmServerAddress> Servers { get; }

    /// <summary>What is left of the time for the query.</summary>
    public TimeSpan Remaining { get; }

    /// <summary>For callers that want one result: the error, and what each server said.</summary>
    public FlexLmServerStatus ToStatus() => status;
}
