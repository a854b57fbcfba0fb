using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.IcePap.Transport;

public sealed partial class IcePapTransportTests
{
    // 203.0.113.0/24 is reserved for documentation, so no machine has it.
    private static readonly LocalInterface Absent = Devices.Loopback with { Name = "absent0", Index = 9999, Address = IPAddress.Parse("203.0.113.1") };

    [Fact]
    public void Without_an_interface_there_is_one_clear_error()
    {
        using var log = new Controller();
        var error = Assert.Throws<IcePapNetworkException>(() => IcePapTransport.Open([], log));
        Assert.StartsWith("There is no network to use: no interface is up, has an IPv4 address and takes multicast.", error.Message, StringComparison.Ordinal);
        Assert.Equal((false, SocketError.Success), (error.IsPortInUse, error.SocketError));
    }

    [Fact]
    public void An_interface_that_cannot_join_is_left_out_with_a_warning()
    {
        using var log = new Controller();
        using var transport = IcePapTransport.Open([Absent, Devices.Loopback], log);
        Assert.Equal([Devices.Loopback], transport.Interfaces);
        Assert.StartsWith("Interface absent0 (203.0.113.1) is left out, the group can't be joined there: ", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void When_no_interface_can_join_there_is_one_clear_error()
    {
        using var log = new Controller();
        var error = Assert.Throws<IcePapNetworkException>(() => IcePapTransport.Open([Absent], log));
        Assert.StartsWith("The group 225.0.0.37 can be joined on no interface (absent0 (203.0.113.1)): ", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsPortInUse);
        Assert.NotEqual(SocketError.Success, error.SocketError);
    }

    [Fact]
    public void An_interface_named_twice_is_joined_once_without_a_warning()
    {
        using var log = new Controller();
        using var transport = IcePapTransport.Open([Devices.Loopback, Devices.Loopback with { OtherAddresses = [] }], log);
        Assert.Single(transport.Interfaces);
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void A_program_that_does_not_share_the_port_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "Only Linux and Windows report which program uses a port.");
        using var log = new Controller();
        log.Dispose();
        IcePapNetworkException error;
        using (HoldPort())
        {
            error = Assert.Throws<IcePapNetworkException>(() => IcePapTransport.Open([Devices.Loopback], log));
        }

        Assert.True(error.IsPortInUse);
        Assert.StartsWith("UDP port 12345 is taken by ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"(process {Environment.ProcessId}), which does not share it. End that program", error.Message, StringComparison.Ordinal);
        IcePapTransport.Open([Devices.Loopback], log).Dispose();
    }

    [Fact]
    public void Opening_and_closing_two_hundred_times_leaves_no_socket_behind()
    {
        using (var log = new Controller())
        {
            for (int time = 0; time < 200; time++)
            {
                IcePapTransport.Open([Devices.Loopback], log).Dispose();
                Assert.Throws<IcePapNetworkException>(() => IcePapTransport.Open([Absent], log));
                Assert.Throws<ArgumentNullException>("log", () => IcePapTransport.Open([Devices.Loopback], null!));
            }
        }

        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "Only Linux and Windows report which program uses a port.");
        Assert.DoesNotContain(UdpPortOwner.Find(12345), owner => owner.EndsWith($"(process {Environment.ProcessId})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closing_ends_a_wait()
    {
        var controller = new Controller();
        Task waiting = HearAsync(controller, [1, 2, 3]);
        controller.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Controller.Promptly, TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => controller.Transport.Send(Request()));
        Assert.Throws<ObjectDisposedException>(() => controller.Transport.Send(Request(), Devices.Loopback));
        controller.Dispose();
    }

    // Another program may share the port at the moment. Then nobody can take it exclusively.
    private static Socket HoldPort()
    {
        Socket? socket = null;
        SpinWait.SpinUntil(
            () =>
            {
                var attempt = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
                try
                {
                    attempt.Bind(new IPEndPoint(IPAddress.Any, 12345));
                    socket = attempt;
                }
                catch (SocketException)
                {
                    attempt.Dispose();
                }

                return socket is not null;
            },
            Controller.Promptly);
        Assert.SkipWhen(socket is null, "Another program shares the port all the time.");
        return socket;
    }
}
