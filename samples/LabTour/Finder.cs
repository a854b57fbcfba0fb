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
            var census = new IcePapCensus(log);
            await new IcePapClient(transport, log).DiscoverAsync(
                new IcePapTiming(quiet, 1),
                device =>
                {
                    if (!census.Add(device))
                    {
                        return IcePapVerdict.Known;
                    }

                    Console.WriteLine($"{device.Hostname,-24} {device.IPAddress,-15} {device.MacAddress} {device.Interface}");
                    return IcePapVerdict.New;
                },
                cancellationToken);
            Console.WriteLine($"{census.Devices.Count} device(s) found.");
            return 0;
        }
        catch (IcePapNetworkException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
