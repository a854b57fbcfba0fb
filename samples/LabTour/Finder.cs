using System;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Client;
using PSLabNet.IcePap.Discovery;

namespace LabTour;

/// <summary>Lists the devices that answer.</summary>
internal static class Finder
{
    public static async Task<int> RunAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        var log = new ConsoleLog();
        try
        {
            int found = 0;
            await foreach (IcePapDevice device in new IcePapClient(log: log).DiscoverAsync(new IcePapTiming(quiet, 1), cancellationToken))
            {
                Console.WriteLine($"{device.Hostname,-24} {device.IPAddress,-15} {device.MacAddress} {device.Interface}");
                found++;
            }

            Console.WriteLine($"{found} device(s) found.");
            return 0;
        }
        catch (IcePapNetworkException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
