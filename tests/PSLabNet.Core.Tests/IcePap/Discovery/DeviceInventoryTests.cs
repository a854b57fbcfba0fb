using System;
using System.Linq;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Logging;
using Xunit;

namespace PSLabNet.Tests.IcePap.Discovery;

public sealed class DeviceInventoryTests : ILabLog
{
    private string warnings = "";

    [Fact]
    public void A_device_counts_once_with_its_latest_answer()
    {
        var inventory = new DeviceInventory(this);
        IcePapDevice first = Devices.Answered();
        IcePapDevice second = Devices.Answered(first.MacAddress, new IcePapConfiguration { Hostname = "renamed" });
        Assert.True(inventory.Add(first));
        Assert.False(inventory.Add(first));
        Assert.False(inventory.Add(second));
        Assert.Equal(["renamed"], inventory.Devices.Select(device => device.Hostname));
        Assert.True(inventory.TryGet(first.MacAddress, out IcePapDevice? device));
        Assert.Same(second, device);
        Assert.False(inventory.TryGet(default, out _));
    }

    [Fact]
    public void A_device_that_repeats_its_answer_or_changes_gives_no_warning()
    {
        var inventory = new DeviceInventory(this);
        IcePapDevice first = Devices.Answered(hostname: "theta");
        inventory.Add(first);
        inventory.Add(new IcePapDevice(first.MacAddress, first.Configuration, first.LocalInterface, first.RemoteAddress, TimeSpan.FromSeconds(1), first.DiscoveredAt));
        inventory.Add(Devices.Answered(first.MacAddress, new IcePapConfiguration(first.Configuration) { Hostname = "renamed" }));
        var moved = IPAddress.Parse("172.24.155.66");
        inventory.Add(new IcePapDevice(first.MacAddress, new IcePapConfiguration(first.Configuration) { IPAddress = moved }, first.LocalInterface, moved, TimeSpan.Zero, first.DiscoveredAt));
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_device_that_answers_from_two_addresses_gives_one_warning()
    {
        var inventory = new DeviceInventory(this);
        IcePapDevice first = Devices.Answered(hostname: "theta");
        inventory.Add(first);
        inventory.Add(AnsweredFrom(IPAddress.Parse("172.24.155.66")));
        inventory.Add(AnsweredFrom(first.RemoteAddress));
        Assert.Equal($"{first.MacAddress} (theta) answers from two addresses: {first.RemoteAddress} and 172.24.155.66.", warnings);

        IcePapDevice AnsweredFrom(IPAddress remote) => new(first.MacAddress, first.Configuration, first.LocalInterface, remote, first.ResponseTime, first.DiscoveredAt);
    }

    [Fact]
    public void Two_devices_that_claim_the_same_address_or_name_give_a_warning()
    {
        var inventory = new DeviceInventory(this);
        IcePapDevice one = Devices.Answered(hostname: "one");
        IcePapDevice two = Devices.Answered(hostname: "two");
        IcePapDevice three = Devices.Answered(hostname: "ONE", address: "172.24.155.1");
        Assert.True(inventory.Add(one) && inventory.Add(two) && inventory.Add(three));
        Assert.Equal(
            $"Two devices claim the IP address 172.24.155.222: {one.MacAddress} and {two.MacAddress}."
            + $"Two devices claim the hostname ONE: {one.MacAddress} and {three.MacAddress}.",
            warnings);
    }

    [Fact]
    public void Devices_without_a_name_do_not_conflict()
    {
        var inventory = new DeviceInventory(this);
        inventory.Add(Devices.Answered(hostname: "", address: "172.24.155.1"));
        inventory.Add(Devices.Answered(hostname: "", address: "172.24.155.2"));
        Assert.Empty(warnings);
    }

    void ILabLog.Warning(string message) => warnings += message;

    void ILabLog.Verbose(string message) => throw new InvalidOperationException(message);

    void ILabLog.Bytes(string message, byte[] bytes) => throw new InvalidOperationException(message);
}
