using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace PSLabNet.IcePap.Settings;

/// <summary>The order in which the devices of a plan are changed: one that leaves an address comes before the one that gets it.</summary>
internal static class AddressOrder
{
    /// <summary>
    /// Sorts the requests. Otherwise they keep their order. In a ring, where each device gets the address of the next one, there is no
    /// such order: the first one of the plan gets its address while the next one still has it, and only that one.
    /// </summary>
    /// <param name="requests">One request for each device.</param>
    /// <param name="present">The devices that answered.</param>
    public static IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> Of(
        IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> requests, IReadOnlyCollection<IcePapDevice> present)
    {
        Dictionary<MacAddress, IPAddress> addresses = present.ToDictionary(device => device.MacAddress, device => device.IPAddress);
        Dictionary<IPAddress, int> leaving = [];
        for (int index = requests.Count - 1; index >= 0; index--)
        {
            if (addresses.TryGetValue(requests[index].Target, out IPAddress? now) && requests[index].Settings.IPAddress is { } planned && !planned.Equals(now))
            {
                leaving[now] = index;
            }
        }

        var ordered = new List<(MacAddress Target, IcePapSettings Settings)>(requests.Count);
        var placed = new bool[requests.Count];
        for (int first = 0; first < requests.Count; first++)
        {
            ordered.AddRange(Chain(first, requests, leaving, placed).Select(index => requests[index]));
        }

        return ordered;
    }

    // The devices that have to leave before one can get its address, and that one: last the one that waits for all others.
    private static List<int> Chain(int first, IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> requests, Dictionary<IPAddress, int> leaving, bool[] placed)
    {
        var chain = new List<int>();
        var positions = new Dictionary<int, int>();
        int? next = first;
        while (next is { } index && !placed[index])
        {
            positions[index] = chain.Count;
            chain.Add(index);
            placed[index] = true;
            next = requests[index].Settings.IPAddress is { } address && leaving.TryGetValue(address, out int holder) ? holder : null;
        }

        chain.Reverse();

        // The last one waits for one of the same chain: a ring, which begins with that one.
        if (next is { } ring && positions.TryGetValue(ring, out int start))
        {
            chain.RemoveAt(chain.Count - 1 - start);
            chain.Insert(0, ring);
        }

        return chain;
    }
}
