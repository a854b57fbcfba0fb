using System;
using System.Linq;
using System.Net;
using FsCheck.Fluent;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.IcePap;

public sealed class IcePapSettingsTests
{
    [Fact]
    public void The_given_values_replace_the_devices_values()
    {
        IcePapPlannedUpdate update = new IcePapSettings { Hostname = "iceeu5" }.PlanFor(Devices.Answered());
        Assert.Equal(["Hostname iceeu4 -> iceeu5"], update.Changes.Select(change => change.ToString()));
        Assert.Equal("iceeu5", update.Configuration.Hostname);
        Assert.Equal("172.24.155.222", update.Configuration.IPAddress.ToString());
        Assert.Equal(IcePapApply.Dynamic | IcePapApply.Flash, update.Configuration.Apply);
        Assert.Equal(update.Device.MacAddress, update.Configuration.MacAddress);
        Assert.Equal(update.Device.MacAddress, update.Configuration.DeviceId);
        Assert.True(update is { IsChange: true, TakesEffect: true, Reboots: false });
    }

    [Fact]
    public void A_whole_device_with_one_setting_changed_changes_that_one()
    {
        IcePapDevice device = Devices.Answered();
        IcePapPlannedUpdate update = (Whole(device) with { Hostname = "iceeu5" }).PlanFor(device);
        Assert.Equal(["Hostname"], update.Changes.Select(change => change.Setting));
    }

    [Fact]
    public void An_unchanged_whole_device_changes_nothing() => Assert.False(Whole(Devices.Answered()).PlanFor(Devices.Answered()).IsChange);

    [Theory]
    [InlineData("255.255.254.0", null)]
    [InlineData(null, 23)]
    [InlineData("255.255.254.0", 23)]
    [InlineData("255.255.254.0", 24)]
    [InlineData("255.255.255.0", 23)]
    public void Of_netmask_and_prefix_the_one_that_differs_from_the_device_is_used(string? netmask, int? prefix)
    {
        IcePapPlannedUpdate update = new IcePapSettings { Netmask = Parse(netmask), PrefixLength = prefix }.PlanFor(Devices.Answered());
        Assert.Equal(["Netmask"], update.Changes.Select(change => change.Setting));
        Assert.Equal("255.255.254.0", update.Configuration.Netmask.ToString());
        Assert.Equal("172.24.155.255", update.Configuration.Broadcast.ToString());
    }

    [Fact]
    public void Netmask_and_prefix_that_contradict_each_other_and_the_device_are_rejected()
    {
        var settings = new IcePapSettings { Netmask = Parse("255.255.254.0"), PrefixLength = 22 };
        AssertRefused(settings, "255.255.254.0 and the prefix length 22 (255.255.252.0) contradict");
        AssertRefused(new IcePapSettings { Netmask = Parse("255.0.255.0"), PrefixLength = 22 }, "contradict");
    }

    [Fact]
    public void The_broadcast_address_follows_address_and_netmask()
    {
        IcePapDevice device = Devices.Answered();
        IcePapPlannedUpdate update = (Whole(device) with { IPAddress = Parse("10.1.2.3"), PrefixLength = 22, Gateway = Parse("10.1.0.1") }).PlanFor(device);
        Assert.Equal("10.1.3.255", update.Configuration.Broadcast.ToString());
        Assert.Equal(["IPAddress", "Netmask", "Gateway", "Broadcast"], update.Changes.Select(change => change.Setting));
    }

    [Fact]
    public void A_broadcast_address_that_does_not_fit_is_rejected() =>
        AssertRefused(new IcePapSettings { Broadcast = Parse("172.24.155.254") }, "broadcast address 172.24.155.254 is not the one of 172.24.155.0/24");

    [Fact]
    public void A_wrong_broadcast_address_of_the_device_is_corrected_only_with_another_change_or_on_request()
    {
        IcePapDevice device = Devices.Answered(broadcast: "255.255.255.255");
        Assert.False(Whole(device).PlanFor(device).IsChange);
        Assert.True(new IcePapSettings { Broadcast = Parse("172.24.155.255") }.PlanFor(device).IsChange);
        Assert.Equal(
            ["Hostname iceeu4 -> x", "Broadcast 255.255.255.255 -> 172.24.155.255"],
            new IcePapSettings { Hostname = "x" }.PlanFor(device).Changes.Select(change => change.ToString()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(99)]
    [InlineData(int.MinValue)]
    public void A_prefix_outside_1_to_30_is_rejected(int prefix) => AssertRefused(new IcePapSettings { PrefixLength = prefix }, "1 to 30 do");

    [Fact]
    public void A_prefix_outside_1_to_30_of_the_device_is_not_a_change_and_blocks_other_changes()
    {
        IcePapDevice device = Devices.Answered(netmask: "255.255.255.255");
        Assert.Equal(32, device.PrefixLength);
        Assert.False(Whole(device).PlanFor(device).IsChange);
        Assert.Contains("(/32) leaves no room", Assert.Throws<IcePapInvalidSettingsException>(() => (Whole(device) with { Hostname = "x" }).PlanFor(device)).Message, StringComparison.Ordinal);
    }

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

    [Theory]
    [InlineData(IcePapApply.Flash, false, false)]
    [InlineData(IcePapApply.Dynamic, true, false)]
    [InlineData(IcePapApply.Reboot, true, true)]
    [InlineData(IcePapApply.Flash | IcePapApply.Reboot, true, true)]
    public void The_plan_says_whether_it_takes_effect_and_whether_it_reboots(IcePapApply apply, bool takesEffect, bool reboots)
    {
        IcePapPlannedUpdate update = new IcePapSettings { Hostname = "x", Apply = apply }.PlanFor(Devices.Answered());
        Assert.Equal((takesEffect, reboots), (update.TakesEffect, update.Reboots));
    }

    [Fact]
    public void An_invalid_name_of_the_device_must_be_changed_too()
    {
        IcePapDevice device = Devices.Answered(hostname: "bad_name");
        Assert.False(Whole(device).PlanFor(device).IsChange);
        Assert.Throws<IcePapInvalidSettingsException>(() => new IcePapSettings { IPAddress = Parse("172.24.155.1") }.PlanFor(device));
        Assert.True(new IcePapSettings { IPAddress = Parse("172.24.155.1"), Hostname = "good" }.PlanFor(device).IsChange);
    }

    [Fact]
    public void Bytes_after_the_devices_hostname_are_not_sent_back()
    {
        MacAddress address = Devices.RandomAddress();
        IcePapDevice device = Devices.Answered(address, IcePapConfiguration.ReadFrom(RawPacket.Settings(address, "iceeu4\0old", 222), 0));
        IcePapPlannedUpdate update = new IcePapSettings { IPAddress = Parse("172.24.155.1") }.PlanFor(device);
        Assert.True(update.Configuration.IsHostnamePadded);
        Assert.Equal(["IPAddress"], update.Changes.Select(change => change.Setting));
    }

    [Fact]
    public void The_source_address_of_a_device_is_the_one_that_is_sent()
    {
        MacAddress address = Devices.RandomAddress();
        var settings = IcePapConfiguration.ReadFrom(RawPacket.Settings(Devices.RandomAddress(), "iceeu4", 222), 0);
        var device = new IcePapDevice(address, settings, Devices.Loopback, IPAddress.Loopback, TimeSpan.Zero, default);
        Assert.Equal(address, new IcePapSettings { Hostname = "x" }.PlanFor(device).Configuration.MacAddress);
    }

    [Fact]
    public void A_null_device_is_the_callers_mistake() => Assert.Throws<ArgumentNullException>("device", () => new IcePapSettings().PlanFor(null!));

    [Fact]
    public void Planning_again_on_the_result_changes_nothing() => Prop.ForAll(
        // Two masks that contradict each other alternate: the one that the device does not have is used.
        HostileSettings.Any.Where(settings => settings.Netmask is null || settings.PrefixLength is null).ToArbitrary(), HostileSettings.AnyDevice.ToArbitrary(),
        (settings, device) =>
        {
            try
            {
                IcePapPlannedUpdate update = settings.PlanFor(device);
                return !settings.PlanFor(update.Outcome).IsChange && !Whole(update.Outcome).PlanFor(update.Outcome).IsChange;
            }
            catch (IcePapException)
            {
                return true;
            }
        }).Holds(3000);

    [Fact]
    public void Every_plan_with_a_change_is_valid_and_has_the_requested_values() => Prop.ForAll(
        HostileSettings.Any.ToArbitrary(), HostileSettings.AnyDevice.ToArbitrary(),
        (settings, device) =>
        {
            try
            {
                IcePapPlannedUpdate update = settings.PlanFor(device);
                IcePapConfiguration planned = update.Configuration;
                return !update.IsChange
                    || (IcePapConfigurationRules.Check(planned).Count == 0
                        && (settings.Hostname is null || settings.Hostname == planned.Hostname)
                        && (settings.IPAddress is null || settings.IPAddress.Equals(planned.IPAddress))
                        && (settings.Gateway is null || settings.Gateway.Equals(planned.Gateway))
                        && (settings.PrefixLength is null || settings.Netmask is not null || IPv4Subnet.NetmaskOf(settings.PrefixLength.Value).Equals(planned.Netmask)));
            }
            catch (Exception e) when (e is IcePapInvalidSettingsException or IcePapNothingToApplyException)
            {
                return e.Message.Length > 0;
            }
        }).Holds(3000);

    private static IcePapSettings Whole(IcePapDevice device) => new()
    {
        Hostname = device.Hostname,
        IPAddress = device.IPAddress,
        Netmask = device.Netmask,
        PrefixLength = device.PrefixLength,
        Gateway = device.Gateway,
        Broadcast = device.Broadcast,
    };

    private static IPAddress? Parse(string? text) => text is null ? null : IPAddress.Parse(text);

    private static void AssertRefused(IcePapSettings settings, string reason)
    {
        IcePapDevice device = Devices.Answered();
        IcePapInvalidSettingsException error = Assert.Throws<IcePapInvalidSettingsException>(() => settings.PlanFor(device));
        Assert.Equal(device.MacAddress, error.Device);
        Assert.Contains(error.Problems, problem => problem.Contains(reason, StringComparison.Ordinal));
    }
}
