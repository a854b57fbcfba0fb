using System;
using System.Linq;
using System.Net;
using FsCheck.Fluent;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

public sealed partial class IcePapSettingsTests
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
    public void The_broadcast_address_follows_address_and_netmask()
    {
        IcePapDevice device = Devices.Answered();
        IcePapPlannedUpdate update = (Whole(device) with { IPAddress = Parse("10.1.2.3"), PrefixLength = 22, Gateway = Parse("10.1.0.1") }).PlanFor(device);
        Assert.Equal("10.1.3.255", update.Configuration.Broadcast.ToString());
        Assert.Equal(["IPAddress", "Netmask", "Gateway", "Broadcast"], update.Changes.Select(change => change.Setting));
    }

    [Fact]
    public void A_wrong_broadcast_address_of_the_device_is_corrected_only_with_the_subnet_or_on_request()
    {
        IcePapDevice device = Devices.Answered(broadcast: "255.255.255.255");
        Assert.False(Whole(device).PlanFor(device).IsChange);
        Assert.True(new IcePapSettings { Broadcast = Parse("172.24.155.255") }.PlanFor(device).IsChange);
        Assert.Equal(
            ["IPAddress 172.24.155.222 -> 172.24.155.7", "Broadcast 255.255.255.255 -> 172.24.155.255"],
            new IcePapSettings { IPAddress = Parse("172.24.155.7") }.PlanFor(device).Changes.Select(change => change.ToString()));
        IcePapPlannedUpdate renamed = new IcePapSettings { Hostname = "x" }.PlanFor(device);
        Assert.Equal(["Hostname iceeu4 -> x"], renamed.Changes.Select(change => change.ToString()));
        Assert.Contains("broadcast address 255.255.255.255 is not the one of 172.24.155.0/24", Assert.Single(renamed.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_the_broadcast_address_of_the_subnet_is_no_change_for_a_device_that_makes_its_own()
    {
        IcePapDevice device = Devices.Answered(address: "172.24.154.40", gateway: "172.24.154.1", netmask: "255.255.254.0", broadcast: "172.24.154.255");
        var asked = new IcePapSettings { Broadcast = Parse("172.24.155.255") };
        Assert.True(asked.PlanFor(device).IsChange);
        IcePapSettings row = asked with { AcceptsOwnBroadcast = true };
        Assert.False(row.PlanFor(device).IsChange);

        // An address that is neither of the two is still corrected. A row that contains the device's own address is sent
        // with a new IP address.
        Assert.True(row.PlanFor(Devices.Answered(address: "172.24.154.40", gateway: "172.24.154.1", netmask: "255.255.254.0", broadcast: "255.255.255.255")).IsChange);
        IcePapPlannedUpdate moved = (row with { IPAddress = Parse("172.24.155.7"), Broadcast = Parse("172.24.155.255") }).PlanFor(device);
        Assert.Equal("172.24.155.255", moved.Configuration.Broadcast.ToString());
        Assert.False((row with { IPAddress = Parse("172.24.154.40"), Broadcast = Parse("172.24.154.255") }).PlanFor(device).IsChange);
    }

    [Theory]
    [InlineData("0.0.0.0", "255.255.255.0", "0.0.0.0", "0.0.0.0", "The IP address 0.0.0.0 is none")]
    [InlineData("172.24.155.222", "255.255.255.0", "10.0.0.1", "172.24.155.255", "The gateway 10.0.0.1 is in the network")]
    [InlineData("172.24.155.222", "255.255.255.0", "172.24.155.99", "1.2.3.4", "The broadcast address 1.2.3.4 is not the one")]
    [InlineData("172.24.155.222", "255.255.255.255", "172.24.155.99", "1.2.3.4", "(/32) leaves no room")]
    [InlineData("172.24.155.222", "255.0.255.0", "172.24.155.99", "1.2.3.4", "is not contiguous")]
    public void A_device_with_wrong_addresses_is_renamed_with_a_warning(string address, string netmask, string gateway, string broadcast, string warning)
    {
        IcePapDevice device = Devices.Answered(address: address, netmask: netmask, gateway: gateway, broadcast: broadcast);
        IcePapPlannedUpdate update = (Whole(device) with { Hostname = "renamed" }).PlanFor(device);
        Assert.Equal(["Hostname"], update.Changes.Select(change => change.Setting));
        Assert.Contains(update.Warnings, text => text.Contains(warning, StringComparison.Ordinal) && text.EndsWith("The device has this already, and keeps it.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hostname_of_24_characters_must_be_allowed_and_gives_a_warning()
    {
        const string name = "abcdefghijklmnopqrstuvwx";
        AssertRefused(new IcePapSettings { Hostname = name }, "fills all 24 bytes of its field");
        IcePapPlannedUpdate update = new IcePapSettings { Hostname = name, AllowFullLengthHostname = true }.PlanFor(Devices.Answered());
        Assert.Equal(name, update.Configuration.Hostname);
        Assert.Contains("up to 23 characters are safe", Assert.Single(update.Warnings), StringComparison.Ordinal);
        Assert.Empty(new IcePapSettings { Hostname = name[1..] }.PlanFor(Devices.Answered()).Warnings);

        // A device that has such a name may get another address.
        Assert.Single(new IcePapSettings { Gateway = Parse("172.24.155.1") }.PlanFor(Devices.Answered(hostname: name)).Warnings);
    }

    [Theory]
    [InlineData(1, "128.0.0.0", "255.255.255.255")]
    [InlineData(30, "255.255.255.252", "172.24.155.223")]
    public void The_shortest_and_the_longest_prefix_leave_room_for_a_device(int prefix, string netmask, string broadcast)
    {
        IcePapConfiguration sent = new IcePapSettings { PrefixLength = prefix, Gateway = Parse("172.24.155.221") }.PlanFor(Devices.Answered()).Configuration;
        Assert.Equal((netmask, broadcast), ($"{sent.Netmask}", $"{sent.Broadcast}"));
    }

    [Fact]
    public void A_prefix_outside_1_to_30_of_the_device_is_not_a_change()
    {
        IcePapDevice device = Devices.Answered(netmask: "255.255.255.255");
        Assert.Equal(32, device.PrefixLength);
        Assert.False(Whole(device).PlanFor(device).IsChange);
    }

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
    public void An_invalid_name_of_the_device_stays_with_a_warning()
    {
        IcePapDevice device = Devices.Answered(hostname: "bad_name");
        Assert.False(Whole(device).PlanFor(device).IsChange);
        IcePapPlannedUpdate update = new IcePapSettings { IPAddress = Parse("172.24.155.1") }.PlanFor(device);
        Assert.Equal("bad_name", update.Configuration.Hostname);
        Assert.Contains("The hostname 'bad_name' is not allowed", Assert.Single(update.Warnings), StringComparison.Ordinal);
        Assert.Empty(new IcePapSettings { IPAddress = Parse("172.24.155.1"), Hostname = "good" }.PlanFor(device).Warnings);
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
                    || (IcePapConfigurationRules.Check(planned, device.Configuration).Problems.Count == 0
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
}
