using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.Net;
using PSLabNet.Simulation.IcePap;

namespace LabTour;

/// <summary>Simulated devices that another process can find.</summary>
internal static class Simulation
{
    public static async Task<int> RunAsync(int count, string? interfaceName, CancellationToken cancellationToken)
    {
        LocalInterface? local = interfaceName is null ? null : LocalInterface.GetAll().SingleOrDefault(candidate => candidate.Name == interfaceName);
        if (interfaceName is not null && local is null)
        {
            Console.Error.WriteLine($"There is no interface {interfaceName} with an IPv4 address.");
            return 2;
        }

        try
        {
            using var simulator = IcePapSimulator.Start(SimulatedIcePapFactory.Create(count, [], [], []), new IcePapSimulatorOptions { Interface = local });
            foreach (SimulatedIcePap device in simulator.Devices.Take(10))
            {
                Console.WriteLine(device);
            }

            Console.WriteLine($"{count} simulated device(s) on {simulator.Interface}. Ctrl-C stops them.");
            await Task.WhenAny(simulator.Completion, Task.Delay(Timeout.Infinite, cancellationToken));
            return 0;
        }
        catch (IcePapNetworkException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
