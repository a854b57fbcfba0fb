using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PSLabNet.Bytes;

namespace PSLabNet.Net;

/// <summary>IPv4 addresses as numbers (first octet most significant) and in their only strict written form.</summary>
internal static class IPv4
{
    /// <summary>The address as a number, first octet most significant.</summary>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public static uint ToUInt32(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);

        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            throw new ArgumentException($"{address} is not an IPv4 address.", nameof(address));
        }

        return ByteOrder.ReadUInt32Big(address.GetAddressBytes(), 0);
    }

    public static IPAddress ToAddress(uint value)
    {
        var bytes = new byte[4];
        ByteOrder.WriteUInt32Big(bytes, 0, value);
        return OrderedIPAddress.Of(bytes);
    }

    /// <summary>
    /// Reads four decimal octets separated by dots, and nothing else. IPAddress.Parse also accepts <c>10</c>, <c>10.1</c>
    /// and octal <c>010.0.0.1</c>. Each would set an address that nobody meant.
    /// </summary>
    public static bool TryParse(string? text, out IPAddress address)
    {
        address = IPAddress.None;
        string[] octets = (text ?? string.Empty).Trim().Split('.');
        if (octets.Length != 4)
        {
            return false;
        }

        uint value = 0;
        foreach (string octet in octets)
        {
            // The number parser ignores NUL characters at the end.
            bool leadingZero = octet.Length > 1 && octet[0] == '0';
            if (leadingZero || octet.IndexOf('\0') >= 0 || !byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
            {
                return false;
            }

            value = value << 8 | number;
        }

        address = ToAddress(value);
        return true;
    }
}
