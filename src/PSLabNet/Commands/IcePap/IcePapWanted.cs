using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.IcePap;
using PSLabNet.Parameters;

namespace PSLabNet.Commands;

/// <summary>Which devices a search is for, and which of them have been found.</summary>
internal sealed class IcePapWanted
{
    private readonly List<(IReadOnlyList<WildcardPattern> Names, HashSet<MacAddress> Addresses)> queries = [];
    private readonly HashSet<string> missingNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<MacAddress> missingAddresses = [];
    private bool isOpen = true;

    /// <summary>Whether nothing was asked for, which means all.</summary>
    public bool IsEmpty => queries.Count == 0;

    /// <summary>Whether all that was asked for by its full name or address is found, and nothing else was asked for.</summary>
    public bool IsComplete => !isOpen && missingNames.Count == 0 && missingAddresses.Count == 0;

    /// <summary>What was asked for by its full name or address, and not found.</summary>
    public IEnumerable<IcePapNotFoundException> Missing =>
        missingAddresses.OrderBy(address => address).Select(address => new IcePapNotFoundException(address))
            .Concat(missingNames.OrderBy(name => name, StringComparer.OrdinalIgnoreCase).Select(name => new IcePapNotFoundException(name)));

    /// <summary>Adds devices that have one of these names and one of these addresses; either may be left out.</summary>
    public void Add(string[]? names, MacAddress[]? addresses)
    {
        if (names is null or { Length: 0 } && addresses is null or { Length: 0 })
        {
            return;
        }

        bool hasWildcards = names?.Any(WildcardPattern.ContainsWildcardCharacters) == true;
        isOpen = (isOpen && !IsEmpty) || hasWildcards;
        queries.Add(([.. (names ?? []).Select(name => NamePattern.Of(name))], [.. addresses ?? []]));
        missingAddresses.UnionWith(addresses ?? []);
        missingNames.UnionWith((names ?? []).Where(name => !WildcardPattern.ContainsWildcardCharacters(name)));
    }

    /// <summary>Whether a device is one of those; it counts as found from then on.</summary>
    public bool Take(IcePapDevice device)
    {
        if (!IsEmpty && !queries.Any(query => Fits(device, query.Names, query.Addresses)))
        {
            return false;
        }

        missingNames.Remove(device.Hostname);
        missingAddresses.Remove(device.MacAddress);
        return true;
    }

    private static bool Fits(IcePapDevice device, IReadOnlyList<WildcardPattern> names, HashSet<MacAddress> addresses) =>
        NamePattern.Fits(names, device.Hostname)
        && (addresses.Count == 0 || addresses.Contains(device.MacAddress));
}
