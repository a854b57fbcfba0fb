using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

/// <summary>Uses names that every machine resolves by itself, and interfaces that are created to fit them.</summary>
public sealed class IcePapDnsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    // Treats 127.0.0.0/8 as a network of devices.
    private static readonly LocalInterface Network = Devices.Loopback with { IsLoopback = false, Gateway = IPAddress.Parse("127.0.0.254") };

    [Fact]
    public async Task Address_netmask_gateway_and_broadcast_come_from_the_name_and_the_interface_in_its_subnet()
    {
        IcePapSettings settings = await CompleteAsync(new IcePapSettings { Hostname = "localhost" }, Network);
        Assert.Equal("localhost", settings.Hostname);
        Assert.Equal("127.0.0.1", settings.IPAddress?.ToString());
        Assert.Equal("255.0.0.0", settings.Netmask?.ToString());
        Assert.Equal("127.0.0.254", settings.Gateway?.ToString());
        Assert.Equal("127.255.255.255", settings.Broadcast?.ToString());
    }

    [Fact]
    public async Task Without_a_hostname_the_devices_own_name_is_looked_up()
    {
        IcePapSettings settings = await IcePapDns.CompleteAsync(
            new IcePapSettings { Apply = IcePapApply.Flash }, Devices.Answered(hostname: "localhost"), [Network], Long, TestContext.Current.CancellationToken);
        Assert.Equal("127.0.0.1", settings.IPAddress?.ToString());
        Assert.Equal(IcePapApply.Flash, settings.Apply);
    }

    [Fact]
    public async Task Of_nested_networks_the_smallest_that_is_up_is_used()
    {
        LocalInterface smaller = Network with { Index = 7, PrefixLength = 24, Gateway = IPAddress.Parse("127.0.0.9") };
        LocalInterface down = Network with { Index = 8, PrefixLength = 28, Gateway = IPAddress.Parse("127.0.0.14"), IsUp = false };
        IcePapSettings settings = await CompleteAsync(new IcePapSettings { Hostname = "localhost" }, Network, smaller, down);
        Assert.Equal("255.255.255.0", settings.Netmask?.ToString());
        Assert.Equal("127.0.0.9", settings.Gateway?.ToString());
        Assert.Equal("127.0.0.255", settings.Broadcast?.ToString());
    }

    [Fact]
    public async Task Settings_that_are_given_are_kept()
    {
        IcePapSettings settings = await CompleteAsync(
            new IcePapSettings { Hostname = "localhost", PrefixLength = 16, Gateway = IPAddress.Parse("127.0.9.9"), Broadcast = IPAddress.Parse("127.0.255.255"), IPAddress = IPAddress.Loopback });
        Assert.Equal("255.255.0.0", settings.Netmask?.ToString());
        Assert.Equal(16, settings.PrefixLength);
        Assert.Equal("127.0.9.9", settings.Gateway?.ToString());
        Assert.Equal("127.0.255.255", settings.Broadcast?.ToString());
    }

    [Fact]
    public async Task A_gateway_of_the_device_in_that_network_is_kept()
    {
        IcePapSettings settings = await IcePapDns.CompleteAsync(
            new IcePapSettings { Hostname = "localhost" }, Devices.Answered(gateway: "127.3.3.3"), [Network with { Gateway = null }], Long, TestContext.Current.CancellationToken);
        Assert.Equal("127.3.3.3", settings.Gateway?.ToString());
    }

    [Fact]
    public async Task What_is_given_counts_before_the_interface_and_the_interface_before_the_device()
    {
        IcePapDevice device = Devices.Answered(gateway: "127.3.3.3");
        IcePapSettings of = await IcePapDns.CompleteAsync(new IcePapSettings { Hostname = "localhost" }, device, [Network], Long, TestContext.Current.CancellationToken);
        Assert.Equal(("255.0.0.0", "127.0.0.254"), ($"{of.Netmask}", $"{of.Gateway}"));

        var masked = new IcePapSettings { Hostname = "localhost", Netmask = IPAddress.Parse("255.255.0.0"), Gateway = IPAddress.Parse("127.0.7.7"), Broadcast = IPAddress.Parse("127.0.1.255") };
        IcePapSettings given = await IcePapDns.CompleteAsync(masked, device, [Network], Long, TestContext.Current.CancellationToken);
        Assert.Equal(("255.255.0.0", "127.0.7.7", "127.0.1.255", false), ($"{given.Netmask}", $"{given.Gateway}", $"{given.Broadcast}", given.AcceptsOwnBroadcast));

        // The broadcast address is computed here, so the device's own form of it is as good.
        Assert.True(of.AcceptsOwnBroadcast);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_required_value_is_kept_also_if_the_device_already_has_it(bool isHere)
    {
        IcePapDevice device = Devices.Answered(gateway: "127.3.3.3");
        var demands = new IcePapSettings { Hostname = "localhost", Netmask = device.Netmask, Gateway = device.Gateway };
        LocalInterface[] interfaces = isHere ? [Network] : [];

        IcePapSettings settings = await IcePapDns.CompleteAsync(demands, demands, device, interfaces, Long, TestContext.Current.CancellationToken);

        Assert.Equal(("127.0.0.1", device.Netmask, "127.3.3.3"), (settings.IPAddress?.ToString(), settings.Netmask, settings.Gateway?.ToString()));

        var byPrefix = new IcePapSettings { Hostname = "localhost", PrefixLength = device.PrefixLength, Gateway = device.Gateway };
        settings = await IcePapDns.CompleteAsync(byPrefix, byPrefix, device, interfaces, Long, TestContext.Current.CancellationToken);
        Assert.Equal(device.Netmask, settings.Netmask);
    }

    [Fact]
    public async Task An_address_in_the_subnet_of_no_interface_asks_for_netmask_and_gateway()
    {
        await AssertRefusedAsync(new IcePapSettings { Hostname = "localhost" }, "in the subnet of no interface of this host: give Netmask (or PrefixLength) and Gateway too", Devices.Loopback);
        await AssertRefusedAsync(new IcePapSettings { Hostname = "localhost" }, "in the subnet of no interface");
    }

    [Fact]
    public Task A_network_without_a_gateway_asks_for_one() =>
        AssertRefusedAsync(new IcePapSettings { Hostname = "localhost" }, "in 127.0.0.0/8, where this host knows no gateway: give Gateway too", Network with { Gateway = null });

    [Fact]
    public Task An_address_that_contradicts_the_name_service_is_rejected() =>
        AssertRefusedAsync(new IcePapSettings { Hostname = "localhost", IPAddress = IPAddress.Parse("10.0.0.1") }, "is 127.0.0.1 in the name service, but IPAddress is 10.0.0.1", Network);

    [Theory]
    [InlineData("bad_name")]
    [InlineData("localhost.")]
    [InlineData("-localhost")]
    [InlineData("")]
    public Task A_name_that_a_device_may_not_have_is_not_looked_up(string hostname) =>
        AssertRefusedAsync(new IcePapSettings { Hostname = hostname }, IcePapHostname.Rule, Network);

    [Theory]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("017700000001")]
    [InlineData("1")]
    public Task A_name_that_is_a_number_is_not_read_as_an_address(string hostname) =>
        AssertRefusedAsync(new IcePapSettings { Hostname = hostname }, "number", Network);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(-1)]
    public Task A_prefix_that_leaves_no_room_is_rejected_as_it_is_without_a_name_service(int prefix) =>
        AssertRefusedAsync(new IcePapSettings { Hostname = "localhost", PrefixLength = prefix }, "1 to 30 do", Network);

    [Fact]
    public async Task An_unknown_name_is_reported_as_unknown()
    {
        IcePapInvalidSettingsException error = await RefusalAsync(new IcePapSettings { Hostname = "invalid" }, TimeSpan.FromSeconds(5), Network);

        // A resolver without a network may be slow.
        Assert.Matches("'invalid' (is not known to the name service: |took longer|has no IPv4 address)|Looking up 'invalid' took longer than 5 s", error.Message);
    }

    [Fact]
    public async Task A_lookup_that_takes_too_long_is_abandoned()
    {
        // For an unknown name, the resolver of one machine is slow, while that of another answers at once.
        var never = new TaskCompletionSource<IPAddress[]>();
        var error = await Assert.ThrowsAsync<IcePapInvalidSettingsException>(
            () => IcePapDns.TakeAddressAsync(never.Task, "slow", Devices.Answered(), TimeSpan.FromSeconds(0.1), TestContext.Current.CancellationToken));
        Assert.Contains("Looking up 'slow' took longer than 0.1 s.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_the_look_up()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => IcePapDns.CompleteAsync(new IcePapSettings { Hostname = "invalid" }, Devices.Answered(), [Network], Long, stop.Token));
    }

    [Fact]
    public async Task A_null_argument_is_the_callers_mistake()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await Assert.ThrowsAsync<ArgumentNullException>("settings", () => IcePapDns.CompleteAsync(null!, Devices.Answered(), [], Long, token));
        await Assert.ThrowsAsync<ArgumentNullException>("device", () => IcePapDns.CompleteAsync(new IcePapSettings(), null!, [], Long, token));
        await Assert.ThrowsAsync<ArgumentNullException>("interfaces", () => IcePapDns.CompleteAsync(new IcePapSettings(), Devices.Answered(), null!, Long, token));
    }

    private static Task<IcePapSettings> CompleteAsync(IcePapSettings settings, params IReadOnlyCollection<LocalInterface> interfaces) =>
        IcePapDns.CompleteAsync(settings, Devices.Answered(), interfaces, Long, TestContext.Current.CancellationToken);

    private static async Task AssertRefusedAsync(IcePapSettings settings, string reason, params IReadOnlyCollection<LocalInterface> interfaces) =>
        Assert.Contains(reason, (await RefusalAsync(settings, Long, interfaces)).Message, StringComparison.Ordinal);

    private static Task<IcePapInvalidSettingsException> RefusalAsync(IcePapSettings settings, TimeSpan timeout, params IReadOnlyCollection<LocalInterface> interfaces) =>
        Assert.ThrowsAsync<IcePapInvalidSettingsException>(
            () => IcePapDns.CompleteAsync(settings, Devices.Answered(), interfaces, timeout, TestContext.Current.CancellationToken));
}
