using System;
using System.Linq;
using System.Net;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.Net;

public sealed class OrderedIPAddressTests
{
    [Fact]
    public void Addresses_sort_as_numbers()
    {
        string[] sorted = ["0.0.0.0", "9.255.0.1", "10.0.0.9", "10.0.0.10", "127.0.0.1", "128.0.0.0", "172.24.3.1", "255.255.255.255"];
        Assert.Equal(sorted, sorted.Reverse().Select(OrderedIPAddress.Parse).Order().Select(address => $"{address}"));
        Assert.Equal(sorted, sorted.Reverse().Select(OrderedIPAddress.Parse).Order(Comparer).Select(address => $"{address}"));
    }

    [Fact]
    public void An_address_equals_the_one_of_NET_and_has_its_hash()
    {
        var plain = IPAddress.Parse("172.24.3.1");
        var ordered = OrderedIPAddress.Of(plain);
        Assert.True(plain.Equals(ordered));
        Assert.True(ordered.Equals(plain));
        Assert.Equal(plain.GetHashCode(), ordered.GetHashCode());
        Assert.Equal(0, ordered.CompareTo(plain));
        Assert.Same(ordered, OrderedIPAddress.Of(ordered));
    }

    [Fact]
    public void Nothing_sorts_before_every_address_and_a_longer_address_after_it()
    {
        var address = OrderedIPAddress.Parse("255.255.255.255");
        Assert.True(address.CompareTo((IPAddress?)null) > 0);
        Assert.True(address.CompareTo((object?)null) > 0);
        Assert.True(address.CompareTo(IPAddress.IPv6Any) < 0);
        Assert.Throws<ArgumentException>(() => address.CompareTo("10.0.0.1"));
    }

    [Fact]
    public void The_addresses_of_a_configuration_have_an_order() => Assert.IsAssignableFrom<IComparable>(IPv4.ToAddress(1));

    private static System.Collections.Generic.Comparer<OrderedIPAddress> Comparer { get; } =
        System.Collections.Generic.Comparer<OrderedIPAddress>.Create((left, right) => left.CompareTo((object)right));
}
