using System;
using System.Linq;
using System.Net;
using FsCheck.Fluent;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.Net;

public sealed class IPv4SubnetTests
{
    [Theory]
    [InlineData("172.24.155.222", 24, "172.24.155.0", "172.24.155.255", "255.255.255.0")]
    [InlineData("172.24.155.222", 23, "172.24.154.0", "172.24.155.255", "255.255.254.0")]
    [InlineData("172.24.155.222", 30, "172.24.155.220", "172.24.155.223", "255.255.255.252")]
    [InlineData("172.24.155.222", 32, "172.24.155.222", "172.24.155.222", "255.255.255.255")]
    [InlineData("172.24.155.222", 1, "128.0.0.0", "255.255.255.255", "128.0.0.0")]
    [InlineData("172.24.155.222", 0, "0.0.0.0", "255.255.255.255", "0.0.0.0")]
    public void A_network_follows_from_an_address_and_a_prefix(string address, int prefix, string network, string broadcast, string netmask)
    {
        var subnet = new IPv4Subnet(IPAddress.Parse(address), prefix);
        Assert.Equal(prefix, subnet.PrefixLength);
        Assert.Equal(network, subnet.Network.ToString());
        Assert.Equal(broadcast, subnet.Broadcast.ToString());
        Assert.Equal(netmask, subnet.Netmask.ToString());
        Assert.Equal(subnet.Netmask, IPv4Subnet.NetmaskOf(prefix));
        Assert.Equal($"{network}/{prefix}", subnet.ToString());
        Assert.True(IPv4Subnet.TryGetPrefixLength(subnet.Netmask, out int read));
        Assert.Equal(prefix, read);
    }

    [Fact]
    public void A_mask_has_a_prefix_only_if_it_is_ones_and_then_zeros() => Prop.ForAll(
        Gen.OneOf(Gen.Choose(0, 32).Select(IPv4Subnet.NetmaskOf), Properties.Bytes(4, 4).Select(bytes => new IPAddress(bytes))).ToArbitrary(),
        mask =>
        {
            string bits = string.Concat(mask.GetAddressBytes().Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
            bool isContiguous = !bits.TrimStart('1').Contains('1', StringComparison.Ordinal);
            return IPv4Subnet.TryGetPrefixLength(mask, out int prefix) == isContiguous
                && (!isContiguous || prefix == bits.Count(bit => bit == '1'));
        }).Holds(1000);

    [Theory]
    [InlineData("255.0.255.0")]
    [InlineData("0.0.0.1")]
    [InlineData("0.255.255.255")]
    [InlineData("255.255.255.253")]
    [InlineData("fe80::1")]
    public void A_mask_with_gaps_has_no_prefix(string mask) => Assert.False(IPv4Subnet.TryGetPrefixLength(IPAddress.Parse(mask), out _));

    [Fact]
    public void A_null_mask_has_no_prefix() => Assert.False(IPv4Subnet.TryGetPrefixLength(null, out _));

    [Fact]
    public void A_network_contains_exactly_the_addresses_from_its_own_to_its_broadcast() => Prop.ForAll(
        Properties.Bytes(4, 4).ToArbitrary(), Properties.Bytes(4, 4).ToArbitrary(), Gen.Choose(0, 32).ToArbitrary(),
        (one, two, prefix) =>
        {
            var subnet = new IPv4Subnet(new IPAddress(one), prefix);
            uint other = IPv4.ToUInt32(new IPAddress(two));
            bool isInside = other >= IPv4.ToUInt32(subnet.Network) && other <= IPv4.ToUInt32(subnet.Broadcast);
            return subnet.Contains(new IPAddress(two)) == isInside && subnet.Contains(new IPAddress(one));
        }).Holds(1000);

    [Fact]
    public void An_address_that_is_not_IPv4_is_in_no_network()
    {
        var everything = new IPv4Subnet(IPAddress.Any, 0);
        Assert.False(everything.Contains(IPAddress.IPv6Loopback));
        Assert.False(everything.Contains(null));
    }

    [Fact]
    public void Networks_are_equal_whatever_address_they_were_made_from()
    {
        var one = new IPv4Subnet(IPAddress.Parse("10.1.2.3"), 16);
        var same = new IPv4Subnet(IPAddress.Parse("10.1.200.1"), 16);
        var longer = new IPv4Subnet(IPAddress.Parse("10.1.0.0"), 17);
        Assert.True(one == same);
        Assert.False(one != same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.True(one.Equals((object)same));
        Assert.True(one != longer);
        Assert.False(one.Equals("10.1.0.0/16"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(33)]
    public void A_prefix_outside_0_to_32_is_rejected(int prefix)
    {
        Assert.Throws<ArgumentOutOfRangeException>("prefixLength", () => new IPv4Subnet(IPAddress.Loopback, prefix));
        Assert.Throws<ArgumentOutOfRangeException>("prefixLength", () => IPv4Subnet.NetmaskOf(prefix));
    }

    [Fact]
    public void An_address_that_is_not_IPv4_is_rejected()
    {
        Assert.Throws<ArgumentException>("address", () => new IPv4Subnet(IPAddress.IPv6Loopback, 24));
        Assert.Throws<ArgumentNullException>("address", () => new IPv4Subnet(null!, 24));
    }
}
