using System;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;

namespace LabTour;

/// <summary>Lists what answers.</summary>
internal static class Finder
{
    public static async Task<int> RunAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        var log = new ConsoleLog();
        try
        {
            using IcePapTransport transport = IcePapTransport.Open(IcePapTransport.GetUsableInterfaces(), log);
            DeviceInventory inventory = await new IcePapClient(transport, log).DiscoverAsync(
                new IcePapTiming(quiet, 1),
                device => Console.WriteLine($"{device.Hostname,-24} {device.IPAddress,-15} {device.MacAddress} {device.Interface}"),
                null,
                cancellationToken);
            Console.WriteLine($"{inventory.Devices.Count} device(s) found.");
            return 0;
        }
        catch (IcePapNetworkException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
