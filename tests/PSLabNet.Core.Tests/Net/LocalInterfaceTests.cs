using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.Net;

public sealed class LocalInterfaceTests
{
    [Fact]
    public void Loopback_is_found_and_takes_multicast_whatever_the_system_says()
    {
        LocalInterface loopback = Assert.Single(LocalInterface.GetAll(), local => local.IsLoopback);
        Assert.Equal(IPAddress.Loopback, loopback.Address);
        Assert.Equal("127.0.0.0/8", loopback.Subnet.ToString());
        Assert.True(loopback.IsUp && loopback.TakesMulticast);
        Assert.Null(loopback.Gateway);
        Assert.Equal($"{loopback.Name} (127.0.0.1)", loopback.ToString());
    }

    [Fact]
    public void Interfaces_are_sorted_by_number_each_with_an_IPv4_address_of_this_machine()
    {
        IReadOnlyList<LocalInterface> all = LocalInterface.GetAll();
        Assert.Equal(all.Select(local => local.Index).Order(), all.Select(local => local.Index));
        Assert.Equal(all.Count, all.Select(local => local.Index).Distinct().Count());
        Assert.All(all, local =>
        {
            Assert.True(local.Index > 0);
            Assert.NotEmpty(local.Name);
            Assert.InRange(local.PrefixLength, 0, 32);
            Assert.All(local.OtherAddresses.Append(local.Address), address =>
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(address, 0));
            });
        });
    }

    [Fact]
    public void Usable_interfaces_are_up_and_support_multicast_and_include_loopback()
    {
        IReadOnlyList<LocalInterface> usable = IcePapTransport.GetUsableInterfaces();
        Assert.Contains(usable, local => local.IsLoopback);
        Assert.All(usable, local => Assert.True(local.IsUp && local.TakesMulticast));
    }
}
