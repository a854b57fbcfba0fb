using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Comparison;
using PSLabNet.IcePap.Settings;
using Xunit;

namespace PSLabNet.Tests.IcePap.Comparison;

/// <summary>Which of three sources each setting comes from: what would be sent, the row of the plan, the device.</summary>
public sealed class PlannedDeviceTests
{
    private static readonly IcePapSettings Row = new()
    {
        Hostname = "planned",
        IPAddress = IPAddress.Parse("10.1.2.3"),
        Netmask = IPAddress.Parse("255.255.0.0"),
        Gateway = IPAddress.Parse("10.1.0.1"),
        Broadcast = IPAddress.Parse("10.1.255.255"),
    };

    private readonly IcePapDevice device = Devices.Answered(hostname: "found", address: "10.9.8.7", netmask: "255.255.255.0", gateway: "10.9.8.1", broadcast: "10.9.8.255");

    [Fact]
    public void A_device_without_a_row_has_its_own_settings() =>
        Assert.Equal("found 10.9.8.7 255.255.255.0 10.9.8.1 10.9.8.255", Shown(Planned(device, null, null)));

    [Fact]
    public void A_row_counts_before_the_device() =>
        Assert.Equal("planned 10.1.2.3 255.255.0.0 10.1.0.1 10.1.255.255", Shown(Planned(device, Row, null)));

    [Fact]
    public void A_row_without_a_device_has_what_it_names()
    {
        Assert.Equal("planned 10.1.2.3 255.255.0.0 10.1.0.1 10.1.255.255", Shown(Planned(null, Row, null)));
        Assert.Equal("    ", Shown(Planned(null, new IcePapSettings(), null)));
        Assert.Equal("    ", Shown(Planned(null, null, null)));
    }

    [Fact]
    public void A_prefix_length_is_a_netmask_and_counts_after_a_netmask()
    {
        Assert.Equal("found 10.9.8.7 255.255.252.0 10.9.8.1 10.9.8.255", Shown(Planned(device, new IcePapSettings { PrefixLength = 22 }, null)));
        Assert.Equal("found 10.9.8.7 255.255.0.0 10.9.8.1 10.9.8.255", Shown(Planned(device, new IcePapSettings { PrefixLength = 22, Netmask = Row.Netmask }, null)));
    }

    [Fact]
    public void What_would_be_sent_counts_before_the_row()
    {
        var sent = new IcePapSettings
        {
            Hostname = "sent",
            IPAddress = IPAddress.Parse("10.7.7.7"),
            Netmask = IPAddress.Parse("255.255.240.0"),
            Gateway = IPAddress.Parse("10.7.0.9"),
            Broadcast = IPAddress.Parse("10.7.15.255"),
        };
        Assert.Equal("sent 10.7.7.7 255.255.240.0 10.7.0.9 10.7.15.255", Shown(Planned(device, Row with { PrefixLength = 22 }, sent.PlanFor(device))));
    }

    [Fact]
    public void A_device_gets_an_address_that_differs_from_its_own()
    {
        Assert.False(Planned(device, null, null).GetsAddress);
        Assert.False(Planned(device, new IcePapSettings { IPAddress = device.IPAddress }, null).GetsAddress);
        Assert.False(Planned(null, null, null).GetsAddress);
        Assert.True(Planned(device, Row, null).GetsAddress);
        Assert.True(Planned(null, Row, null).GetsAddress);
    }

    private static PlannedDevice Planned(IcePapDevice? found, IcePapSettings? row, IcePapPlannedUpdate? update) => new(Devices.RandomAddress(), found, row, update, []);

    private static string Shown(PlannedDevice planned) => $"{planned.Hostname} {planned.IPAddress} {planned.Netmask} {planned.Gateway} {planned.Broadcast}";
}
