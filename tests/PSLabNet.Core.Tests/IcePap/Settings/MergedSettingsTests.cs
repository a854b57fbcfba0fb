using System.Collections.Generic;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Logging;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

public sealed class MergedSettingsTests : ILabLog
{
    private readonly List<string> warnings = [];

    [Fact]
    public void Requests_for_one_device_become_one_and_keep_the_order_of_the_devices()
    {
        MacAddress one = Devices.RandomAddress();
        MacAddress two = Devices.RandomAddress();
        IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> merged = MergedSettings.Of(
            [
                (one, new IcePapSettings { Hostname = "a", Apply = IcePapApply.Flash }),
                (two, new IcePapSettings { Hostname = "b" }),
                (one, new IcePapSettings { Gateway = IPAddress.Parse("10.0.0.1"), Apply = IcePapApply.Reboot }),
            ],
            this);
        Assert.Equal([one, two], [merged[0].Target, merged[1].Target]);
        Assert.Equal(("a", "10.0.0.1", IcePapApply.Flash | IcePapApply.Reboot), (merged[0].Settings.Hostname, $"{merged[0].Settings.Gateway}", merged[0].Settings.Apply));
        Assert.Empty(warnings);
    }

    [Fact]
    public void Of_two_values_the_later_one_counts_and_a_warning_names_both()
    {
        MacAddress one = Devices.RandomAddress();
        IcePapSettings merged = Assert.Single(MergedSettings.Of([(one, new IcePapSettings { Hostname = "a" }), (one, new IcePapSettings { Hostname = "b" })], this)).Settings;
        Assert.Equal("b", merged.Hostname);
        Assert.Equal([$"{one} is named twice, with Hostname a and b. The last one counts."], warnings);
    }

    [Fact]
    public void A_prefix_length_replaces_the_netmask_of_an_earlier_request()
    {
        MacAddress one = Devices.RandomAddress();
        IcePapSettings merged = Assert.Single(MergedSettings.Of(
            [(one, new IcePapSettings { Netmask = IPAddress.Parse("255.255.0.0") }), (one, new IcePapSettings { PrefixLength = 24 })], this)).Settings;
        Assert.Null(merged.Netmask);
        Assert.Equal(24, merged.PrefixLength);
    }

    [Fact]
    public void Each_setting_is_that_of_the_later_request_that_names_it()
    {
        IcePapSettings early = Settings("a", "10.0.0.1", "255.0.0.0", "10.0.0.254", "10.255.255.255");
        IcePapSettings late = Settings("b", "10.1.0.1", "255.255.0.0", "10.1.0.254", "10.1.255.255");
        Assert.Equal(late, Merged(early, late));
        Assert.Equal(["Hostname", "IPAddress", "Gateway", "Broadcast"], warnings.ConvertAll(warning => warning.Split(' ')[5]));

        warnings.Clear();
        Assert.Equal(early, Merged(early, new IcePapSettings()));
        Assert.Equal(late, Merged(new IcePapSettings(), late));
        Assert.Equal(early, Merged(early, early));
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_request_that_names_no_netmask_leaves_the_earlier_one()
    {
        Assert.Equal(24, Merged(new IcePapSettings { PrefixLength = 24 }, new IcePapSettings { Hostname = "a" }).PrefixLength);
        IcePapSettings merged = Merged(new IcePapSettings { PrefixLength = 24 }, new IcePapSettings { Netmask = IPAddress.Parse("255.255.0.0") });
        Assert.Equal(("255.255.0.0", null), ($"{merged.Netmask}", merged.PrefixLength));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_long_name_is_allowed_if_one_request_allows_it_and_an_own_broadcast_if_both_do(bool early, bool late)
    {
        IcePapSettings merged = Merged(
            new IcePapSettings { AllowFullLengthHostname = early, AcceptsOwnBroadcast = early },
            new IcePapSettings { AllowFullLengthHostname = late, AcceptsOwnBroadcast = late });
        Assert.Equal((early || late, early && late), (merged.AllowFullLengthHostname, merged.AcceptsOwnBroadcast));
    }

    [Fact]
    public void Of_a_device_that_was_found_only_what_differs_or_was_typed_is_a_change()
    {
        IcePapDevice found = Devices.Answered();
        var bound = new IcePapSettings { Hostname = found.Hostname, IPAddress = found.IPAddress, Netmask = found.Netmask, PrefixLength = 24, Gateway = IPAddress.Parse("172.24.155.1"), Broadcast = found.Broadcast };
        IcePapSettings changes = bound.ChangesSince(found, ["Hostname"]);
        Assert.Equal(new IcePapSettings { Hostname = found.Hostname, Gateway = IPAddress.Parse("172.24.155.1") }, changes);
    }

    [Fact]
    public void An_address_of_this_computer_is_refused_for_a_device()
    {
        var own = Devices.Loopback with { Name = "eth7", Address = IPAddress.Parse("10.0.0.1"), OtherAddresses = [IPAddress.Parse("172.24.155.7")] };
        IcePapPlannedUpdate taken = new IcePapSettings { IPAddress = IPAddress.Parse("172.24.155.7") }.PlanFor(Devices.Answered());
        var error = Assert.Throws<IcePapInvalidSettingsException>(() => HostAddresses.ThrowIfGiven(taken, [own]));
        Assert.Equal(["The IP address 172.24.155.7 is one of this computer (eth7)."], error.Problems);
        HostAddresses.ThrowIfGiven(taken, [Devices.Loopback]);

        // A device that already has such an address may be renamed.
        HostAddresses.ThrowIfGiven(new IcePapSettings { Hostname = "x" }.PlanFor(Devices.Answered(address: "172.24.155.7")), [own]);
    }

    private static IcePapSettings Settings(string hostname, string address, string netmask, string gateway, string broadcast) => new()
    {
        Hostname = hostname,
        IPAddress = IPAddress.Parse(address),
        Netmask = IPAddress.Parse(netmask),
        Gateway = IPAddress.Parse(gateway),
        Broadcast = IPAddress.Parse(broadcast),
    };

    private IcePapSettings Merged(IcePapSettings early, IcePapSettings late)
    {
        MacAddress one = Devices.RandomAddress();
        return Assert.Single(MergedSettings.Of([(one, early), (one, late)], this)).Settings;
    }

    void ILabLog.Warning(string message) => warnings.Add(message);

    void ILabLog.Verbose(string message)
    {
    }

    void ILabLog.Bytes(string message, byte[] bytes)
    {
    }
}
