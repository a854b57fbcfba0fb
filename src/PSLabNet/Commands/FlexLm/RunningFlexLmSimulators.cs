using System.Collections.Generic;
using PSLabNet.Simulation.FlexLm;

namespace PSLabNet.Commands.FlexLm;

/// <summary>The license servers that were started in this process and not stopped.</summary>
internal static class RunningFlexLmSimulators
{
    private static readonly object Changing = new();
    private static readonly List<FlexLmSimulator> Running = [];

    public static IReadOnlyList<FlexLmSimulator> All
    {
        get
        {
            lock (Changing)
            {
                return [.. Running];
            }
        }
    }

    public static void Add(FlexLmSimulator simulator)
    {
        lock (Changing)
        {
            Running.Add(simulator);
        }
    }

    public static void Stop(FlexLmSimulator simulator)
    {
        lock (Changing)
        {
            Running.Remove(simulator);
        }

        simulator.Dispose();
    }
}
