using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Simulation.IcePap;
using Xunit;

namespace PSLabNet.Tests.IcePap.Settings;

/// <summary>Three devices that pass their addresses on, in a ring: the first takes that of the second, and so on.</summary>
[Collection(OneAtATime.Name)]
public sealed class AddressExchangeTests : IAsyncLifetime
{
    private const IcePapApply Both = IcePapApply.Dynamic | IcePapApply.Flash;

    private static readonly IPAddress[] Addresses = [IPAddress.Parse("10.9.8.11"), IPAddress.Parse("10.9.8.12"), IPAddress.Parse("10.9.8.13")];

    // Long enough for an answer, and not too long where none comes.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Controller controller = new();
    private readonly IcePapSimulator[] simulators =
    [
        .. Addresses.Select((address, number) => IcePapSimulator.Start(SimulatedIcePapFactory.Create(1, [Devices.RandomAddress()], [$"ring{number}"], [address]))),
    ];

    private IcePapDevice[] found = [];
    private AddressExchange exchange = null!;

    public async ValueTask InitializeAsync()
    {
        MacAddress[] all = [.. simulators.Select(simulator => simulator.Devices[0].MacAddress)];
        IReadOnlyList<IcePapDevice> answered = await controller.FindAsync(all);
        found = [.. all.Select(address => answered.Single(device => device.MacAddress == address))];
        exchange = new AddressExchange(controller.Client, Timeout);
    }

    public ValueTask DisposeAsync()
    {
        controller.Dispose();
        simulators.ToList().ForEach(simulator => simulator.Dispose());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_first_half_of_an_exchange_is_taken_back_if_the_other_device_keeps_its_address()
    {
        IcePapPlannedUpdate first = await SendAsync(0, 1);
        IcePapAddressConflictException conflict = Assert.Single(await KeepAsync(1));
        Assert.Equal((found[0].MacAddress, found[1].MacAddress, Addresses[1]), (conflict.Device, conflict.Other, conflict.IPAddress));
        Assert.Equal($"{found[0]} has its old settings again, because {found[1]} still has the IP address 10.9.8.12.", conflict.Message);
        Assert.Equal(["10.9.8.11", "10.9.8.12", "10.9.8.13"], Present());
        Assert.False(exchange.Stands(first));
    }

    [Fact]
    public async Task All_that_took_an_address_in_a_ring_give_it_back()
    {
        await SendAsync(0, 1);
        await SendAsync(1, 2);
        IReadOnlyList<IcePapAddressConflictException> conflicts = await KeepAsync(2);
        Assert.Equal([found[1].MacAddress, found[0].MacAddress], conflicts.Select(conflict => conflict.Device));
        Assert.Equal(["10.9.8.11", "10.9.8.12", "10.9.8.13"], Present());
    }

    [Fact]
    public async Task A_device_that_acknowledged_and_kept_its_address_is_not_given_its_old_settings()
    {
        await SendAsync(0, 1);
        IcePapPlannedUpdate pretended = Plan(1, 0);
        exchange.Add(pretended);
        exchange.Remove(pretended);
        Assert.Equal(found[0].MacAddress, Assert.Single(await KeepAsync(1)).Device);
        Assert.Equal(0, simulators[1].Devices[0].UpdateCount);
    }

    [Fact]
    public async Task An_address_that_was_not_given_up_is_given_to_nobody_else()
    {
        await KeepAsync(1);
        IcePapAddressConflictException conflict = await Assert.ThrowsAsync<IcePapAddressConflictException>(() => exchange.ThrowIfKeptAsync(Plan(0, 1), TestContext.Current.CancellationToken));
        Assert.Equal($"Nothing was sent to {found[0]}: {found[1]} still has the IP address 10.9.8.12.", conflict.Message);
        await exchange.ThrowIfKeptAsync(Plan(0, 2), TestContext.Current.CancellationToken);
        await exchange.ThrowIfKeptAsync(new IcePapSettings { Hostname = "same" }.PlanFor(found[1]), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_device_that_took_its_settings_without_an_acknowledgement_is_no_conflict()
    {
        IcePapPlannedUpdate first = await SendAsync(0, 1);
        IcePapPlannedUpdate second = await SendAsync(1, 0);
        Assert.Empty(await exchange.KeepAsync(found[1], second, TestContext.Current.CancellationToken));
        Assert.True(exchange.Stands(first));
        Assert.Equal(["10.9.8.12", "10.9.8.11", "10.9.8.13"], Present());

        // The address is free for a third one, too.
        await exchange.ThrowIfKeptAsync(Plan(2, 1), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(Both, true)]
    [InlineData(IcePapApply.Flash, false)]
    public async Task Where_it_is_not_known_which_address_a_device_has_the_error_says_so(IcePapApply apply, bool isSilent)
    {
        await SendAsync(0, 1, apply);
        if (isSilent)
        {
            simulators[1].Dispose();
        }

        IcePapPlannedUpdate unanswered = Plan(1, 0, apply);
        IcePapAddressConflictException conflict = Assert.Single(await exchange.KeepAsync(found[1], unanswered, TestContext.Current.CancellationToken));
        Assert.Equal(
            $"{found[0].MacAddress} and {found[1]} may both have the IP address 10.9.8.12. {found[1].MacAddress} did not acknowledge its new settings, so it is not known which address it has. "
            + $"To give the first one its old address: Set-IcePapNetwork {found[0].MacAddress} -IPAddress 10.9.8.11.",
            conflict.Message);
        Assert.Equal(1, simulators[0].Devices[0].UpdateCount);
    }

    [Fact]
    public async Task A_device_that_is_silent_and_was_sent_nothing_still_has_its_address()
    {
        await SendAsync(0, 1);
        simulators[1].Dispose();
        Assert.Contains("has its old settings again", Assert.Single(await KeepAsync(1)).Message, StringComparison.Ordinal);
        Assert.Equal("10.9.8.11", Present()[0]);
    }

    [Fact]
    public async Task If_the_old_settings_are_rejected_the_error_says_that_two_devices_have_one_address_and_how_to_mend_it()
    {
        await SendAsync(0, 1);
        simulators[0].Behave(new IcePapSimulatorOptions { Acknowledgement = IcePapAcknowledgementCode.ERR_SET_IP_BC_NM });
        Assert.Equal(
            $"{found[0].MacAddress} and {found[1]} now both have the IP address 10.9.8.12. {found[0].MacAddress} rejected the settings: ERR_SET_IP_BC_NM (0x0145). "
            + $"To give the first one its old address: Set-IcePapNetwork {found[0].MacAddress} -IPAddress 10.9.8.11.",
            Assert.Single(await KeepAsync(1)).Message);
    }

    [Fact]
    public async Task Old_settings_that_show_need_no_acknowledgement()
    {
        await SendAsync(0, 1);
        simulators[0].Behave(new IcePapSimulatorOptions { Acknowledgement = null });
        Assert.Contains("has its old settings again", Assert.Single(await KeepAsync(1)).Message, StringComparison.Ordinal);
        Assert.Equal("10.9.8.11", Present()[0]);
    }

    [Fact]
    public async Task A_device_that_was_told_to_reboot_is_sent_nothing_more()
    {
        await SendAsync(0, 1, IcePapApply.Flash | IcePapApply.Reboot);
        Assert.Contains("now both have the IP address 10.9.8.12. " + found[0].MacAddress + " was told to reboot", Assert.Single(await KeepAsync(1)).Message, StringComparison.Ordinal);
        Assert.Single(controller.Sent, bytes => IcePapPacketCodec.Decode(bytes).Command == IcePapCommand.UPDATE_CONFIG);
    }

    [Fact]
    public async Task A_name_that_may_not_be_sent_is_no_obstacle_to_the_old_address()
    {
        using var named = IcePapSimulator.Start([new IcePapConfiguration(found[0].Configuration) { MacAddress = Devices.RandomAddress(), Hostname = "under_score" }]);
        IcePapDevice device = await controller.FindAsync(named.Devices[0].MacAddress);
        IcePapPlannedUpdate update = new IcePapSettings { Hostname = "valid", IPAddress = Addresses[1] }.PlanFor(device);
        await controller.UpdateAsync(update);
        exchange.Add(update);
        Assert.Contains("has its old settings again", Assert.Single(await KeepAsync(1)).Message, StringComparison.Ordinal);
        Assert.Equal(("valid", "10.9.8.11"), (named.Devices[0].Hostname, named.Devices[0].IPAddress.ToString()));
    }

    private string[] Present() => [.. simulators.Select(simulator => simulator.Devices[0].IPAddress.ToString())];

    private Task<IReadOnlyList<IcePapAddressConflictException>> KeepAsync(int number) => exchange.KeepAsync(found[number], null, TestContext.Current.CancellationToken);

    private IcePapPlannedUpdate Plan(int number, int owner, IcePapApply apply = Both) => new IcePapSettings { IPAddress = Addresses[owner], Apply = apply }.PlanFor(found[number]);

    private async Task<IcePapPlannedUpdate> SendAsync(int number, int owner, IcePapApply apply = Both)
    {
        IcePapPlannedUpdate update = Plan(number, owner, apply);
        await controller.UpdateAsync(update);
        exchange.Add(update);
        return update;
    }
}
