using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.Net;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.IcePap;

/// <summary>The devices that a search is for, and those of them that have been found.</summary>
internal sealed class DeviceFilter
{
    // Exact names are looked up, because ten thousand devices may be piped in. Queries with wildcards, or with names and
    // addresses, are compared one by one.
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<MacAddress> addresses = [];
    private readonly HashSet<IPAddress> ipAddresses = [];
    private readonly List<Query> queries = [];
    private readonly HashSet<string> missingNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<MacAddress> missingAddresses = [];
    private readonly HashSet<IPAddress> missingIPAddresses = [];
    private bool isOpen = true;

    /// <summary>Whether nothing was requested, which means all.</summary>
    public bool IsEmpty => names.Count == 0 && addresses.Count == 0 && ipAddresses.Count == 0 && queries.Count == 0;

    /// <summary>Whether everything was requested by its full name or address and is found.</summary>
    public bool IsComplete => !isOpen && missingNames.Count == 0 && missingAddresses.Count == 0 && missingIPAddresses.Count == 0;

    /// <summary>The names and addresses that were requested in full and not found.</summary>
    public IEnumerable<IcePapNotFoundException> Missing =>
        missingAddresses.OrderBy(address => address).Select(address => new IcePapNotFoundException(address))
            .Concat(missingNames.OrderBy(name => name, StringComparer.OrdinalIgnoreCase).Select(name => new IcePapNotFoundException(name)))
            .Concat(missingIPAddresses.Select(OrderedIPAddress.Of).OrderBy(address => address).Select(address => new IcePapNotFoundException(address)));

    /// <summary>Adds devices that have one of these names, one of these MAC addresses and one of these IP addresses. Any of the lists may be empty.</summary>
    /// <exception cref="WildcardPatternException">A name is not a pattern: its bracket is not closed.</exception>
    public void Add(string[] soughtNames, MacAddress[] soughtAddresses, IReadOnlyList<AddressPattern> soughtIPAddresses)
    {
        if (soughtNames.Length == 0 && soughtAddresses.Length == 0 && soughtIPAddresses.Count == 0)
        {
            return;
        }

        List<WildcardPattern> patterns = [.. soughtNames.Select(name => NamePattern.Of(name))];

        // A pattern is parsed only when it is first matched against a name. Do that here, not when the first device answers.
        patterns.ForEach(pattern => pattern.IsMatch(string.Empty));
        bool hasWildcards = soughtNames.Any(WildcardPattern.ContainsWildcardCharacters) || soughtIPAddresses.Any(pattern => pattern.Address is null);
        isOpen = (isOpen && !IsEmpty) || hasWildcards;
        IPAddress[] exact = [.. soughtIPAddresses.Select(pattern => pattern.Address).OfType<IPAddress>()];
        switch (soughtNames.Length, soughtAddresses.Length, soughtIPAddresses.Count)
        {
            case (0, _, 0):
                addresses.UnionWith(soughtAddresses);
                break;
            case (_, 0, 0) when !hasWildcards:
                names.UnionWith(soughtNames);
                break;
            case (0, 0, _) when !hasWildcards:
                ipAddresses.UnionWith(exact);
                break;
            default:
                queries.Add(new Query(patterns, [.. soughtAddresses], soughtIPAddresses));
                break;
        }

        missingIPAddresses.UnionWith(exact);
        missingAddresses.UnionWith(soughtAddresses);
        missingNames.UnionWith(soughtNames.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)));
    }

    /// <summary>Whether a device was requested; if so, it counts as found from now on.</summary>
    public bool Take(IcePapDevice device)
    {
        bool isWanted = IsEmpty || names.Contains(device.Hostname) || addresses.Contains(device.MacAddress)
            || ipAddresses.Contains(device.IPAddress) || queries.Any(query => query.Fits(device));
        if (!isWanted)
        {
            return false;
        }

        missingNames.Remove(device.Hostname);
        missingAddresses.Remove(device.MacAddress);
        missingIPAddresses.Remove(device.IPAddress);
        return true;
    }

    private sealed record Query(IReadOnlyList<WildcardPattern> Names, HashSet<MacAddress> Addresses, IReadOnlyList<AddressPattern> IPAddresses)
    {
        public bool Fits(IcePapDevice device) =>
            NamePattern.Fits(Names, device.Hostname)
            && (Addresses.Count == 0 || Addresses.Contains(device.MacAddress))
            && (IPAddresses.Count == 0 || IPAddresses.Any(pattern => pattern.Contains(device.IPAddress)));
    }
}
