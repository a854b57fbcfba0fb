using System;
using System.Net;
using System.Net.Sockets;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.Net;

public sealed class UdpPortOwnerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    public void The_program_that_holds_a_port_is_named_with_its_process(string address)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "Only Linux and Windows report which program uses a port.");
        var bound = IPAddress.Parse(address);
        Assert.SkipWhen(OperatingSystem.IsWindows() && bound.AddressFamily == AddressFamily.InterNetworkV6, "On Windows, only the IPv4 table is read.");
        using var socket = new Socket(bound.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(bound, 0));
        string owner = Assert.Single(UdpPortOwner.Find(((IPEndPoint)socket.LocalEndPoint!).Port));
        Assert.EndsWith($"(process {Environment.ProcessId})", owner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_with_two_sockets_on_a_port_is_named_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "Only Linux and Windows report which program uses a port.");
        using Socket first = Shared(0);
        int port = ((IPEndPoint)first.LocalEndPoint!).Port;
        using Socket second = Shared(port);
        Assert.Single(UdpPortOwner.Find(port));
    }

    [Fact]
    public void No_program_is_named_for_a_free_port()
    {
        int port;
        using (Socket socket = Shared(0))
        {
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }

        Assert.DoesNotContain(UdpPortOwner.Find(port), owner => owner.EndsWith($"(process {Environment.ProcessId})", StringComparison.Ordinal));
    }

    private static Socket Shared(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
