using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSLabNet.IcePap;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.IcePap;

/// <summary>The devices that a search is for, and those of them that have been found.</summary>
internal sealed class DeviceFilter
{
    // Exact names are looked up, because ten thousand devices may be piped in. Queries with wildcards, or with names and
    // addresses, are compared one by one.
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<MacAddress> addresses = [];
    private readonly List<(IReadOnlyList<WildcardPattern> Names, HashSet<MacAddress> Addresses)> queries = [];
    private readonly HashSet<string> missingNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<MacAddress> missingAddresses = [];
    private bool isOpen = true;

    /// <summary>Whether nothing was requested, which means all.</summary>
    public bool IsEmpty => names.Count == 0 && addresses.Count == 0 && queries.Count == 0;

    /// <summary>Whether everything was requested by its full name or address and is found.</summary>
    public bool IsComplete => !isOpen && missingNames.Count == 0 && missingAddresses.Count == 0;

    /// <summary>The names and addresses that were requested in full and not found.</summary>
    public IEnumerable<IcePapNotFoundException> Missing =>
        missingAddresses.OrderBy(address => address).Select(address => new IcePapNotFoundException(address))
            .Concat(missingNames.OrderBy(name => name, StringComparer.OrdinalIgnoreCase).Select(name => new IcePapNotFoundException(name)));

    /// <summary>Adds devices that have one of these names and one of these addresses; either may be null.</summary>
    /// <exception cref="WildcardPatternException">A name is not a pattern: its bracket is not closed.</exception>
    public void Add(string[]? soughtNames, MacAddress[]? soughtAddresses)
    {
        soughtNames ??= [];
        soughtAddresses ??= [];
        if (soughtNames.Length == 0 && soughtAddresses.Length == 0)
        {
            return;
        }

        List<WildcardPattern> patterns = [.. soughtNames.Select(name => NamePattern.Of(name))];

        // A pattern is parsed only when it is first matched against a name. Do that here, not when the first device answers.
        patterns.ForEach(pattern => pattern.IsMatch(string.Empty));
        bool hasWildcards = soughtNames.Any(WildcardPattern.ContainsWildcardCharacters);
        isOpen = (isOpen && !IsEmpty) || hasWildcards;
        if (soughtNames.Length == 0)
        {
            addresses.UnionWith(soughtAddresses);
        }
        else if (soughtAddresses.Length == 0 && !hasWildcards)
        {
            names.UnionWith(soughtNames);
        }
        else
        {
            queries.Add((patterns, [.. soughtAddresses]));
        }

        missingAddresses.UnionWith(soughtAddresses);
        missingNames.UnionWith(soughtNames.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)));
    }

    /// <summary>Whether a device was requested; if so, it counts as found from now on.</summary>
    public bool Take(IcePapDevice device)
    {
        bool isWanted = IsEmpty || names.Contains(device.Hostname) || addresses.Contains(device.MacAddress)
            || queries.Any(query => Fits(device, query.Names, query.Addresses));
        if (!isWanted)
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
