using System;
using System.Net;

namespace PSLabNet.Net;

/// <summary>
/// An address that sorts as a number. .NET's own has no order, so that <c>Sort-Object</c> would compare the texts, and put
/// 10.0.0.10 before 10.0.0.9. In everything else it is the address that it is made of.
/// </summary>
internal sealed class OrderedIPAddress : IPAddress, IComparable, IComparable<IPAddress>
{
    /// <summary>The same address, with an order. PowerShell calls it where an operator compares an address with one of .NET's.</summary>
    /// <param name="address">The address.</param>
    public OrderedIPAddress(IPAddress address)
        : base(address.GetAddressBytes())
    {
    }

    private OrderedIPAddress(byte[] octets)
        : base(octets)
    {
    }

    /// <summary>The same address, with an order.</summary>
    /// <param name="address">An IPv4 address.</param>
    public static OrderedIPAddress Of(IPAddress address) => address as OrderedIPAddress ?? new OrderedIPAddress(address);

    /// <summary>Makes an address.</summary>
    /// <param name="octets">Its four octets, in dotted order.</param>
    public static OrderedIPAddress Of(byte[] octets) => new(octets);

    /// <summary>Reads the text of an address. PowerShell calls it where an operator compares an address with a text.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static new OrderedIPAddress Parse(string text) => Of(IPAddress.Parse(text));

    /// <summary>Compares as numbers, the first octet first. An address of the other family is larger if it is longer.</summary>
    public int CompareTo(IPAddress? other)
    {
        if (other is null)
        {
            return 1;
        }

        byte[] own = GetAddressBytes();
        byte[] others = other.GetAddressBytes();
        int order = own.Length.CompareTo(others.Length);
        for (int index = 0; order == 0 && index < own.Length; index++)
        {
            order = own[index].CompareTo(others[index]);
        }

        return order;
    }

    /// <inheritdoc cref="CompareTo(IPAddress)"/>
    public int CompareTo(object? obj) => obj is null or IPAddress
        ? CompareTo(obj as IPAddress)
        : throw new ArgumentException($"{obj} is not an IP address.", nameof(obj));
}
