using System;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

public sealed partial class IcePapSettingsTests
{
    [Fact]
    public void Netmask_and_prefix_that_contradict_each_other_and_the_device_are_rejected()
    {
        var settings = new IcePapSettings { Netmask = Parse("255.255.254.0"), PrefixLength = 22 };
        AssertRefused(settings, "255.255.254.0 and the prefix length 22 (255.255.252.0) contradict");
        AssertRefused(new IcePapSettings { Netmask = Parse("255.0.255.0"), PrefixLength = 22 }, "contradict");
    }

    [Fact]
    public void A_broadcast_address_that_does_not_fit_is_rejected() =>
        AssertRefused(new IcePapSettings { Broadcast = Parse("172.24.155.254") }, "broadcast address 172.24.155.254 is not the one of 172.24.155.0/24");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(99)]
    [InlineData(int.MinValue)]
    public void A_prefix_outside_1_to_30_is_rejected(int prefix) => AssertRefused(new IcePapSettings { PrefixLength = prefix }, "1 to 30 do");

    [Fact]
    public void Addresses_that_are_not_IPv4_are_rejected_by_name()
    {
        var mapped = IPAddress.Parse("::ffff:172.24.155.222");
        AssertRefused(new IcePapSettings { IPAddress = mapped }, "::ffff:172.24.155.222 is not an IPv4 address");
        AssertRefused(new IcePapSettings { Netmask = IPAddress.IPv6Any }, ":: is not an IPv4 address");
        AssertRefused(new IcePapSettings { Gateway = IPAddress.IPv6Loopback }, "::1 is not an IPv4 address");
        AssertRefused(new IcePapSettings { Broadcast = IPAddress.IPv6Loopback }, "::1 is not an IPv4 address");
    }

    [Theory]
    [InlineData("bad_name")]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("Grüße")]
    public void A_hostname_that_is_not_allowed_is_rejected_with_the_rule(string name) => AssertRefused(new IcePapSettings { Hostname = name }, IcePapHostname.Rule);

    [Fact]
    public void A_gateway_in_another_network_is_rejected_with_both_networks() =>
        AssertRefused(new IcePapSettings { Gateway = Parse("10.0.0.1") }, "The gateway 10.0.0.1 is in the network 10.0.0.0/24, the IP address 172.24.155.222 in 172.24.155.0/24");

    [Fact]
    public void A_netmask_with_gaps_is_rejected() => AssertRefused(new IcePapSettings { Netmask = Parse("255.0.255.0") }, "not contiguous");

    [Fact]
    public void Without_an_action_there_is_nothing_to_apply()
    {
        var error = Assert.Throws<IcePapNothingToApplyException>(() => new IcePapSettings { Hostname = "x", Apply = IcePapApply.None }.PlanFor(Devices.Answered()));
        Assert.Contains("neither Dynamic nor Flash nor Reboot", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_action_is_rejected() => AssertRefused(new IcePapSettings { Hostname = "x", Apply = (IcePapApply)9 }, "Dynamic, Flash, Reboot");

    [Fact]
    public void A_null_device_is_the_callers_mistake() => Assert.Throws<ArgumentNullException>("device", () => new IcePapSettings().PlanFor(null!));

    private static void AssertRefused(IcePapSettings settings, string reason)
    {
        IcePapDevice device = Devices.Answered();
        IcePapInvalidSettingsException error = Assert.Throws<IcePapInvalidSettingsException>(() => settings.PlanFor(device));
        Assert.Equal(device.MacAddress, error.Device);
        Assert.Contains(error.Problems, problem => problem.Contains(reason, StringComparison.Ordinal));
    }
}
