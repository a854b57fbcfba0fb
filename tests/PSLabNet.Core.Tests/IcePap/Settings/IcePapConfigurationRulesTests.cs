using System;
using System.Collections.Generic;
using System.Net;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

public sealed class IcePapConfigurationRulesTests
{
    private static readonly IcePapConfiguration Good = Read("172.24.155.222", "255.255.255.0", "172.24.155.99", "172.24.155.255");

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("IcePap-7")]
    [InlineData("a--b")]
    [InlineData("abcdefghijklmnopqrstuvwx")]
    public void A_label_of_1_to_24_letters_digits_and_hyphens_is_a_hostname(string name)
    {
        Assert.True(IcePapHostname.IsValid(name));
        Assert.Empty(IcePapConfigurationRules.Check(new IcePapConfiguration(Good) { Hostname = name }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("bad_name")]
    [InlineData("-lead")]
    [InlineData("trail-")]
    [InlineData("-")]
    [InlineData("dot.ted")]
    [InlineData("blank name")]
    [InlineData("Grüße")]
    [InlineData("ıcepap")]
    [InlineData("icepap\0")]
    [InlineData("icepap\n")]
    [InlineData("ice\u200bpap")]
    [InlineData("iсepap")]
    [InlineData("１２")]
    public void Anything_else_is_rejected_with_the_rule(string? name)
    {
        Assert.False(IcePapHostname.IsValid(name));
        Assert.Contains("1 to 24 characters", IcePapHostname.Explain(name), StringComparison.Ordinal);
        Assert.DoesNotContain(IcePapHostname.Explain(name), char.IsControl);
    }

    [Theory]
    [InlineData("172.24.155.222", "255.255.255.0", "172.24.155.99", "172.24.155.255")]
    [InlineData("172.24.154.255", "255.255.254.0", "172.24.155.0", "172.24.155.255")]
    [InlineData("10.0.0.1", "255.255.255.252", "10.0.0.2", "10.0.0.3")]
    [InlineData("10.0.0.1", "128.0.0.0", "100.0.0.2", "127.255.255.255")]
    [InlineData("223.255.255.254", "255.255.0.0", "223.255.0.1", "223.255.255.255")]
    [InlineData("1.0.0.1", "255.0.0.0", "1.255.255.254", "1.255.255.255")]
    public void Addresses_that_fit_each_other_pass(string address, string netmask, string gateway, string broadcast) =>
        Assert.Empty(IcePapConfigurationRules.Check(Read(address, netmask, gateway, broadcast)));

    [Theory]
    [InlineData("172.24.155.222", "255.0.255.0", "172.24.155.99", "172.24.155.255", "255.0.255.0 is not contiguous")]
    [InlineData("172.24.155.222", "0.0.0.0", "172.24.155.99", "255.255.255.255", "0.0.0.0 (/0) leaves no room")]
    [InlineData("172.24.155.222", "255.255.255.254", "172.24.155.223", "172.24.155.223", "/31) leaves no room")]
    [InlineData("172.24.155.222", "255.255.255.255", "172.24.155.222", "172.24.155.222", "/32) leaves no room")]
    [InlineData("172.24.155.0", "255.255.255.0", "172.24.155.99", "172.24.155.255", "IP address 172.24.155.0 is the address of the network 172.24.155.0/24 itself")]
    [InlineData("172.24.155.255", "255.255.255.0", "172.24.155.99", "172.24.155.255", "IP address 172.24.155.255 is the broadcast address of 172.24.155.0/24")]
    [InlineData("172.24.155.222", "255.255.255.0", "172.24.155.0", "172.24.155.255", "gateway 172.24.155.0 is the address of the network")]
    [InlineData("172.24.155.222", "255.255.255.0", "172.24.155.255", "172.24.155.255", "gateway 172.24.155.255 is the broadcast address")]
    [InlineData("172.24.155.222", "255.255.255.0", "172.24.156.1", "172.24.155.255", "gateway 172.24.156.1 is in the network 172.24.156.0/24, the IP address 172.24.155.222 in 172.24.155.0/24")]
    [InlineData("172.24.155.222", "255.255.254.0", "172.24.153.1", "172.24.155.255", "172.24.152.0/23, the IP address 172.24.155.222 in 172.24.154.0/23")]
    [InlineData("172.24.155.222", "255.255.255.0", "0.0.0.0", "172.24.155.255", "gateway 0.0.0.0 is in the network 0.0.0.0/24")]
    [InlineData("172.24.155.222", "255.255.255.0", "172.24.155.99", "255.255.255.255", "broadcast address 255.255.255.255 is not the one of 172.24.155.0/24, which is 172.24.155.255")]
    [InlineData("172.24.155.222", "255.255.255.0", "172.24.155.99", "172.24.155.0", "broadcast address 172.24.155.0 is not")]
    [InlineData("127.0.0.5", "255.0.0.0", "127.0.0.1", "127.255.255.255", "IP address 127.0.0.5 is none that a device can have")]
    [InlineData("0.0.0.5", "255.0.0.0", "0.0.0.1", "0.255.255.255", "IP address 0.0.0.5 is none")]
    [InlineData("224.0.0.5", "255.0.0.0", "224.0.0.1", "224.255.255.255", "IP address 224.0.0.5 is none")]
    [InlineData("255.255.255.254", "255.0.0.0", "255.0.0.1", "255.255.255.255", "gateway 255.0.0.1 is none")]
    public void Addresses_that_do_not_fit_each_other_are_rejected_with_the_reason(string address, string netmask, string gateway, string broadcast, string reason) =>
        Assert.Contains(IcePapConfigurationRules.Check(Read(address, netmask, gateway, broadcast)), problem => problem.Contains(reason, StringComparison.Ordinal));

    [Theory]
    [InlineData(IcePapApply.None, false)]
    [InlineData(IcePapApply.Reboot, true)]
    [InlineData(IcePapApply.Dynamic | IcePapApply.Flash | IcePapApply.Reboot, true)]
    [InlineData((IcePapApply)8, false)]
    [InlineData((IcePapApply)0x80000002, false)]
    [InlineData((IcePapApply)uint.MaxValue, false)]
    public void Only_the_known_actions_and_at_least_one_pass(IcePapApply apply, bool passes) =>
        Assert.Equal(passes, IcePapConfigurationRules.Check(new IcePapConfiguration(Good) { Apply = apply }).Count == 0);

    [Fact]
    public void Bytes_after_the_hostname_are_rejected()
    {
        byte[] settings = RawPacket.Settings(RawPacket.Controller, "iceeu4\0old", 222);
        settings[28] = 2;
        Assert.Equal(["The hostname is followed by other bytes than NUL."], IcePapConfigurationRules.Check(IcePapConfiguration.ReadFrom(settings, 0)));
    }

    [Fact]
    public void Several_problems_are_reported_together()
    {
        IReadOnlyList<string> problems = IcePapConfigurationRules.Check(
            new IcePapConfiguration(Good) { Hostname = "bad_name", Apply = IcePapApply.None, Gateway = IPAddress.Parse("10.0.0.1"), Broadcast = IPAddress.Any });
        Assert.Equal(4, problems.Count);
    }

    [Fact]
    public void Wrong_values_that_the_device_has_and_keeps_are_warnings()
    {
        IcePapConfiguration present = new IcePapConfiguration(Read("0.0.0.0", "255.0.255.0", "10.0.0.1", "1.2.3.4")) { Hostname = "bad_name" };
        Assert.NotEmpty(IcePapConfigurationRules.Check(present));
        IcePapRuleFindings findings = IcePapConfigurationRules.Check(new IcePapConfiguration(present) { Hostname = "good" }, present);
        Assert.Empty(findings.Problems);
        Assert.Equal(["The netmask 255.0.255.0 is not contiguous: ones must come first, then zeros, as in 255.255.254.0."], findings.Warnings);
        Assert.NotEmpty(IcePapConfigurationRules.Check(new IcePapConfiguration(present) { Apply = IcePapApply.None }, present).Problems);
    }

    [Theory]
    [InlineData("172.24.155.99", "255.255.255.0", "172.24.155.1", "172.24.155.255", "172.24.156.1")]
    [InlineData("172.24.155.1", "255.255.255.0", "172.24.155.99", "172.24.155.255", "172.24.155.1")]
    public void A_rule_about_two_values_holds_if_one_of_them_changes(string address, string netmask, string gateway, string broadcast, string newGateway)
    {
        IcePapConfiguration present = Read(address, netmask, gateway, broadcast);
        Assert.Single(IcePapConfigurationRules.Check(new IcePapConfiguration(present) { Gateway = IPAddress.Parse(newGateway) }, present).Problems);
    }

    [Fact]
    public void A_gateway_that_is_the_device_itself_is_rejected() => Assert.Equal(
        ["The gateway 172.24.155.222 is the IP address of the device itself."],
        IcePapConfigurationRules.Check(Read("172.24.155.222", "255.255.255.0", "172.24.155.222", "172.24.155.255")));

    [Theory]
    [InlineData("172.24.154.40", "255.255.254.0", "172.24.154.255")]
    [InlineData("172.24.154.40", "255.255.0.0", "172.24.255.255")]
    [InlineData("172.24.154.40", "255.255.255.128", "172.24.154.40")]
    [InlineData("172.24.154.40", "0.0.0.0", "255.255.255.255")]
    public void Firmware_of_2007_makes_its_broadcast_address_of_whole_octets(string address, string netmask, string broadcast) =>
        Assert.Equal(broadcast, IcePapBroadcast.OfWholeOctets(IPAddress.Parse(address), IPAddress.Parse(netmask)).ToString());

    [Fact]
    public void A_null_configuration_is_the_callers_mistake() =>
        Assert.Throws<ArgumentNullException>("configuration", () => IcePapConfigurationRules.Check(null!));

    private static IcePapConfiguration Read(string address, string netmask, string gateway, string broadcast) => new()
    {
        Hostname = "iceeu4",
        IPAddress = IPAddress.Parse(address),
        Netmask = IPAddress.Parse(netmask),
        Gateway = IPAddress.Parse(gateway),
        Broadcast = IPAddress.Parse(broadcast),
        Apply = IcePapApply.Dynamic,
    };
}
