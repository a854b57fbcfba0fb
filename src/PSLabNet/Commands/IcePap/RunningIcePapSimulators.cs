using System.Collections.Generic;
using System.Linq;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Commands.IcePap;

/// <summary>The simulators that were started in this process and not stopped.</summary>
internal static class RunningIcePapSimulators
{
    private static readonly object Changing = new();
    private static readonly List<IcePapSimulator> Running = [];

    public static IReadOnlyList<SimulatedIcePap> Devices
    {
        get
        {
            lock (Changing)
            {
                return [.. Running.SelectMany(simulator => simulator.Devices).Where(device => device.State != SimulatedIcePapState.Stopped)];
            }
        }
    }

    public static void Add(IcePapSimulator simulator)
    {
        lock (Changing)
        {
            Running.Add(simulator);
        }
    }

    /// <summary>Stops devices; a simulator without devices is closed.</summary>
    public static void Stop(IReadOnlyCollection<SimulatedIcePap> devices)
    {
        lock (Changing)
        {
            foreach (IcePapSimulator simulator in Running.ToArray())
            {
                simulator.Remove(devices);
                if (simulator.IsStopped)
                {
                    Running.Remove(simulator);
                }
            }
        }
    }
}
