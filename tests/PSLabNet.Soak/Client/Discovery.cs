using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Transport;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.Soak.Client;

/// <summary>Finds the devices, like Find-IcePap, again and again.</summary>
internal sealed class Discovery(IReadOnlyCollection<MacAddress> devices, LocalInterface loopback, Tally tally)
{
    private static readonly IcePapTiming Timing = new(TimeSpan.FromSeconds(0.3), 1);
    private static readonly IcePapTiming Thorough = new(TimeSpan.FromSeconds(2), 5);

    public async Task RunAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            string outcome;
            try
            {
                int found = (await FindAsync(Timing, token)).Count;
                outcome = found == devices.Count ? "all found" : found == 0 ? "none found" : "some found";
            }
            catch (OperationCanceledException)
            {
                outcome = Outcomes.Cancelled;
            }
            catch (IcePapNetworkException)
            {
                outcome = "network";
            }

            tally.Add("discovery: " + outcome);
        }
    }

    /// <summary>Searches once, long enough for a network without faults.</summary>
    public Task<IReadOnlyDictionary<MacAddress, IcePapDevice>> LookAsync() => FindAsync(Thorough, CancellationToken.None);

    private async Task<IReadOnlyDictionary<MacAddress, IcePapDevice>> FindAsync(IcePapTiming timing, CancellationToken token)
    {
        using IcePapTransport transport = IcePapTransport.Open([loopback], LabLog.None);
        var missing = new HashSet<MacAddress>(devices);
        DeviceInventory inventory = await new IcePapSession(transport, LabLog.None).DiscoverAsync(
            timing, device => missing.Remove(device.MacAddress), () => missing.Count == 0, token);
        return inventory.Devices.Where(device => devices.Contains(device.MacAddress)).ToDictionary(device => device.MacAddress);
    }
}
