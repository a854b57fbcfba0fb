using System;
using System.Collections.Generic;

namespace PSLabNet.Commands;

/// <summary>The simulators of one kind that were started in this process and not stopped, for any runspace.</summary>
internal static class RunningSimulators<T>
    where T : class, IDisposable
{
    private static readonly object Changing = new();
    private static readonly List<T> Running = [];

    /// <summary>The running simulators.</summary>
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

    /// <summary>Stops a simulator and removes it from the list. It may already be stopped.</summary>
    public static void Stop(T simulator)
    {
        lock (Changing)
        {
            Running.Remove(simulator);
        }

        simulator.Dispose();
    }
}
