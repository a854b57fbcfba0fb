using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>
/// The requests and connections of the daemons of one simulator. It keeps the newest requests and failures and counts all
/// connections, so that a simulator can run for months. Thread-safe.
/// </summary>
internal sealed class SimulatorLog
{
    /// <summary>Requests that are kept.</summary>
    public const int MostRequests = 10_000;

    private const int MostFailures = 100;

    private readonly object gate = new();
    private readonly Queue<FlexLmSimulatorRequest> requests = new();
    private readonly Queue<Exception> failures = new();
    private readonly Dictionary<string, int> connections = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The newest requests, in order.</summary>
    public IReadOnlyList<FlexLmSimulatorRequest> Requests => Copy(requests);

    /// <summary>The newest errors of the simulator itself. There should be none.</summary>
    public IReadOnlyList<Exception> Failures => Copy(failures);

    /// <summary>Number of all connections.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (gate)
            {
                return connections.Values.Sum();
            }
        }
    }

    /// <summary>Number of connections to one daemon.</summary>
    public int ConnectionCountOf(string daemon)
    {
        lock (gate)
        {
            return connections.TryGetValue(daemon, out int count) ? count : 0;
        }
    }

    public void Add(FlexLmSimulatorRequest request) => Add(requests, request, MostRequests);

    public void AddFailure(Exception exception) => Add(failures, exception, MostFailures);

    public void AddConnection(string daemon)
    {
        lock (gate)
        {
            connections[daemon] = (connections.TryGetValue(daemon, out int count) ? count : 0) + 1;
        }
    }

    private void Add<T>(Queue<T> newest, T item, int most)
    {
        lock (gate)
        {
            newest.Enqueue(item);
            if (newest.Count > most)
            {
                newest.Dequeue();
            }
        }
    }

    private T[] Copy<T>(Queue<T> queue)
    {
        lock (gate)
        {
            return [.. queue];
        }
    }
}
