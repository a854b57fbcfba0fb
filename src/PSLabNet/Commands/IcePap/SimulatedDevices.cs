using System.Collections.Generic;
using System.Linq;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Commands.IcePap;

/// <summary>The devices of all simulators of this process.</summary>
internal static class SimulatedDevices
{
    public static IEnumerable<SimulatedIcePap> All =>
        RunningSimulators<IcePapSimulator>.All.SelectMany(simulator => simulator.Devices).Where(device => device.State != SimulatedIcePapState.Stopped);

    /// <summary>Stops devices. A simulator without devices is closed.</summary>
    public static void Stop(IReadOnlyCollection<SimulatedIcePap> devices)
    {
        foreach (IcePapSimulator simulator in RunningSimulators<IcePapSimulator>.All)
        {
            simulator.Remove(devices);
            if (simulator.IsStopped)
            {
                RunningSimulators<IcePapSimulator>.Stop(simulator);
            }
        }
    }
}
