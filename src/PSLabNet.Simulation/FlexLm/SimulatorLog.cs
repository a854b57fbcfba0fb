using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.Simulation.FlexLm;

/// <summary>The requests and connections of the daemons of one simulator. Thread-safe.</summary>
internal sealed class SimulatorLog
{
    private readonly object gate = new();
    private readonly List<FlexLmSimulatorRequest> requests = [];
    private readonly List<string> connections = [];
    private readonly List<Exception> failures = [];

    public IReadOnlyList<FlexLmSimulatorRequest> Requests => Copy(requests);

    /// <summary>The name of the daemon of each connection.</summary>
    public IReadOnlyList<string> Connections => Copy(connections);

    /// <summary>Errors of the simulator itself. There should be none.</summary>
    public IReadOnlyList<Exception> Failures => Copy(failures);

    public void Add(FlexLmSimulatorRequest request)
    {
        lock (gate)
        {
            requests.Add(request);
        }
    }

    public void AddConnection(string daemon)
    {
        lock (gate)
        {
            connections.Add(daemon);
        }
    }

    public void AddFailure(Exception exception)
    {
        lock (gate)
        {
            failures.Add(exception);
        }
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (gate)
        {
            return [.. list.AsEnumerable()];
        }
    }
}
