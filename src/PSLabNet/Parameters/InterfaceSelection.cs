using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net.NetworkInformation;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;
using PSLabNet.Pipeline;

namespace PSLabNet.Parameters;

/// <summary>Resolves -Interface: name, description or address, each with wildcards.</summary>
internal static class InterfaceSelection
{
    /// <summary>The requested interfaces; without a name, all that can take part.</summary>
    /// <exception cref="InterfaceNotFoundException">A name, with or without wildcards, matches no interface.</exception>
    /// <exception cref="IcePapNetworkException">The system cannot list its interfaces.</exception>
    public static IReadOnlyList<LocalInterface> Select(string[]? names) => Ask(() => Find(names));

    /// <summary>All interfaces, whether they can take part or not.</summary>
    /// <exception cref="IcePapNetworkException">The system cannot list its interfaces.</exception>
    public static IReadOnlyList<LocalInterface> GetAll() => Ask(LocalInterface.GetAll);

    private static IReadOnlyList<LocalInterface> Ask(Func<IReadOnlyList<LocalInterface>> find)
    {
        try
        {
            return find();
        }
        catch (NetworkInformationException e)
        {
            throw new IcePapNetworkException($"The system did not list its network interfaces: {e.Message}", null);
        }
    }

    private static IReadOnlyList<LocalInterface> Find(string[]? names)
    {
        if (names is null or { Length: 0 })
        {
            return IcePapTransport.GetUsableInterfaces();
        }

        IReadOnlyList<LocalInterface> all = LocalInterface.GetAll();
        var selected = new List<LocalInterface>();
        foreach (string name in names)
        {
            // The exact name, as tab completion writes it, even if it contains brackets or a star, like "Local Area
            // Connection* 2".
            List<LocalInterface> fitting = [.. all.Where(local => string.Equals(local.Name, name, StringComparison.OrdinalIgnoreCase))];
            if (fitting.Count == 0)
            {
                var pattern = NamePattern.Of(name);
                fitting = [.. all.Where(local => Fits(local, pattern))];
            }

            if (fitting.Count == 0)
            {
                throw new InterfaceNotFoundException(name, all);
            }

            selected.AddRange(fitting);
        }

        return [.. selected.Distinct()];
    }

    private static bool Fits(LocalInterface local, WildcardPattern pattern) =>
        pattern.IsMatch(local.Name)
        || pattern.IsMatch(local.Description)
        || pattern.IsMatch(local.Address.ToString())
        || local.OtherAddresses.Any(address => pattern.IsMatch(address.ToString()));
}
