using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace PSLabNet.Net;

/// <summary>An IPv4 network: an address and the length of its prefix.</summary>
internal readonly struct IPv4Subnet : IEquatable<IPv4Subnet>
{
    private readonly uint network;

    /// <summary>The network that an address belongs to.</summary>
    /// <param name="address">Any IPv4 address of the network.</param>
    /// <param name="prefixLength">Bits of the network part, 0 to 32.</param>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is not 0 to 32 bits.</exception>
    public IPv4Subnet(IPAddress address, int prefixLength)
    {
        PrefixLength = prefixLength is >= 0 and <= 32
            ? prefixLength
            : throw new ArgumentOutOfRangeException(nameof(prefixLength), prefixLength, "A prefix has 0 to 32 bits.");
        network = IPv4.ToUInt32(address) & MaskOf(prefixLength);
    }

    /// <summary>Bits of the network part, 0 to 32.</summary>
    public int PrefixLength { get; }

    /// <summary>The network's own address: all host bits zero.</summary>
    public IPAddress Network => IPv4.ToAddress(network);

    /// <summary>The broadcast address: all host bits one.</summary>
    public IPAddress Broadcast => IPv4.ToAddress(network | ~MaskOf(PrefixLength));

    /// <summary>The mask: as many one bits as the prefix is long.</summary>
    public IPAddress Netmask => IPv4.ToAddress(MaskOf(PrefixLength));

    /// <summary>Whether two networks are the same.</summary>
    public static bool operator ==(IPv4Subnet left, IPv4Subnet right) => left.Equals(right);

    /// <summary>Whether two networks differ.</summary>
    public static bool operator !=(IPv4Subnet left, IPv4Subnet right) => !left.Equals(right);

    /// <summary>The netmask of a prefix.</summary>
    /// <param name="prefixLength">Bits of the network part, 0 to 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is not 0 to 32 bits.</exception>
    public static IPAddress NetmaskOf(int prefixLength) => new IPv4Subnet(IPAddress.Any, prefixLength).Netmask;

    /// <summary>The prefix length of a netmask.</summary>
    /// <param name="netmask">The mask.</param>
    /// <param name="prefixLength">Number of its leading ones, 0 to 32.</param>
    /// <returns>False if the mask is not IPv4 or not contiguous (ones, then zeros).</returns>
    public static bool TryGetPrefixLength([NotNullWhen(true)] IPAddress? netmask, out int prefixLength)
    {
        prefixLength = 0;
        if (netmask is not { AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork })
        {
            return false;
        }

        uint mask = IPv4.ToUInt32(netmask);
        while (prefixLength < 32 && (mask & (0x80000000 >> prefixLength)) != 0)
        {
            prefixLength++;
        }

        return mask == MaskOf(prefixLength);
    }

    /// <summary>Whether an address is in this network.</summary>
    /// <param name="address">The address; any that is not IPv4 is in no network.</param>
    public bool Contains([NotNullWhen(true)] IPAddress? address) =>
        address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork }
        && (IPv4.ToUInt32(address) & MaskOf(PrefixLength)) == network;

    /// <inheritdoc/>
    public bool Equals(IPv4Subnet other) => network == other.network && PrefixLength == other.PrefixLength;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IPv4Subnet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)network * 33 + PrefixLength);

    /// <summary>The network as 172.24.155.0/24.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}/{1}", Network, PrefixLength);

    // A shift by 32 is a shift by 0 in C#.
    private static uint MaskOf(int prefixLength) => prefixLength == 0 ? 0 : uint.MaxValue << (32 - prefixLength);
}
