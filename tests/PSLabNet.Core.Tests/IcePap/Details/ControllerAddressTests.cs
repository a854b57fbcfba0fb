using System;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Details;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.IcePap.Details;

public sealed class ControllerAddressTests
{
    private static readonly LocalInterface Wire = new("eth9", "eth9", 9, IPAddress.Parse("172.24.155.1"), 24, [IPAddress.Parse("172.24.155.2")], null, false, true, true);

    [Theory]
    [InlineData("172.24.155.222", "127.24.155.222")]
    [InlineData("127.5.6.7", "127.5.6.7")]
    [InlineData("172.24.155.2", "172.24.155.2")]
    public void For_a_device_on_loopback_nothing_leaves_this_machine(string address, string asked) =>
        Assert.Equal(IPAddress.Parse(asked), ControllerAddress.Of(Devices.Answered(address: address), [Devices.Loopback, Wire]));

    [Theory]
    [InlineData("172.24.155.222", "172.24.155.222")]
    [InlineData("127.0.0.1", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("225.0.0.37", null)]
    [InlineData("255.255.255.255", null)]
    public void On_a_wire_only_addresses_that_a_device_can_have_are_asked(string address, string? asked)
    {
        IcePapDevice device = Devices.Answered(address: address);
        var onWire = new IcePapDevice(device.MacAddress, device.Configuration, Wire, IPAddress.Parse("172.24.155.9"), TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        Assert.Equal(asked is null ? null : IPAddress.Parse(asked), ControllerAddress.Of(onWire, [Devices.Loopback, Wire]));
    }
}
