using System;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using PSLabNet.Net;
using PSLabNet.Text;

namespace PSLabNet.Parameters;

/// <summary>IPv4 addresses to look for: one address, a subnet as 172.24.155.0/24, or a text with wildcards.</summary>
internal sealed class AddressPattern
{
    private const char Slash = '/';

    private readonly Func<IPAddress, bool> contains;

    private AddressPattern(IPAddress? address, Func<IPAddress, bool> contains)
    {
        Address = address;
        this.contains = contains;
    }

    /// <summary>The address, if it is only one.</summary>
    public IPAddress? Address { get; }

    /// <summary>Whether an address is one of these.</summary>
    public bool Contains(IPAddress address) => contains(address);

    /// <summary>Reads what a user typed.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The addresses; null if it is none of the three.</returns>
    public static AddressPattern? Read(string? text)
    {
        string trimmed = (text ?? string.Empty).Trim();
        int slash = trimmed.IndexOf(Slash);
        return IPv4.TryParse(trimmed, out IPAddress address) ? new AddressPattern(address, address.Equals)
            : slash >= 0 ? OfSubnet(trimmed.Substring(0, slash), trimmed.Substring(slash + 1))
            : WildcardPattern.ContainsWildcardCharacters(trimmed) ? OfWildcards(trimmed)
            : null;
    }

    /// <summary>What is wrong with a text.</summary>
    public static string Explain(string? text) =>
        $"'{PrintableText.Escape(text)}' is neither an IPv4 address such as 172.24.155.222, nor a subnet such as 172.24.155.0/24, nor a pattern such as 172.24.*.";

    private static AddressPattern? OfSubnet(string network, string length)
    {
        if (!IPv4.TryParse(network, out IPAddress address)
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int prefixLength) || prefixLength > 32)
        {
            return null;
        }

        var subnet = new IPv4Subnet(address, prefixLength);
        return new AddressPattern(null, candidate => subnet.Contains(candidate));
    }

    private static AddressPattern? OfWildcards(string text)
    {
        try
        {
            WildcardPattern wildcards = NamePattern.Of(text);
            _ = wildcards.IsMatch(string.Empty);
            return new AddressPattern(null, candidate => wildcards.IsMatch(candidate.ToString()));
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }
}
