using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.IcePap.Comparison;

/// <summary>Machines that are no IcePAP, on addresses that devices are to get.</summary>
/// <param name="probes">Asks the network.</param>
/// <param name="devices">The devices that answered.</param>
internal sealed class ForeignHosts(NetworkProbes probes, IEnumerable<IcePapDevice> devices)
{
    private readonly Dictionary<IPAddress, MacAddress?> neighbors = [];
    private readonly KnownDevices known = new(devices);

    /// <summary>Asks for addresses, all at the same time. Those that were asked for before are left out.</summary>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    public async Task AskAsync(IEnumerable<IPAddress> addresses, CancellationToken cancellationToken)
    {
        IPAddress[] asked = [.. addresses.Where(address => !neighbors.ContainsKey(address)).Distinct()];
        IReadOnlyDictionary<IPAddress, MacAddress?> answers = await probes.AskNeighborsAsync(asked, cancellationToken).ConfigureAwait(false);
        foreach (IPAddress address in asked)
        {
            neighbors[address] = answers.TryGetValue(address, out MacAddress? hardware) ? hardware : null;
        }
    }

    /// <summary>The hardware address of the machine that has an address and is no device; null if there is none, or none that can be seen from here.</summary>
    public MacAddress? On(IPAddress address) =>
        neighbors.TryGetValue(address, out MacAddress? hardware) && hardware is { } answered && !known.Includes(address, answered) ? answered : null;
}
