using System;
using System.Collections.Generic;

namespace PSLabNet.Commands;

/// <summary>The simulators of one kind that were started in this process and not stopped. For any runspace.</summary>
internal static class RunningSimulators<T>
    where T : class, IDisposable
{
    private static readonly object Changing = new();
    private static readonly List<T> Running = [];

    /// <summary>Those that run now.</summary>
    public static IReadOnlyList<T> All
    {
        get
        {
            lock (Changing)
            {
                return [.. Running];
            }
        }
    }

    public static void Add(T simulator)
    {
        lock (Changing)
        {
            Running.Add(simulator);
        }
    }

    /// <summary>Stops a simulator; one that is stopped already is only no longer listed.</summary>
    public static void Stop(T simulator)
    {
        lock (Changing)
        {
            Running.Remove(simulator);
        }

        simulator.Dispose();
    }
}
