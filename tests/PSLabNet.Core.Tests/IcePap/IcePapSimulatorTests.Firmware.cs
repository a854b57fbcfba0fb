using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Settings;
using PSLabNet.Simulation.IcePap;
using Xunit;

namespace PSLabNet.Tests.IcePap;

public sealed partial class IcePapSimulatorTests
{
    [Fact]
    public void A_malformed_packet_is_counted_as_the_crash_that_it_would_cause()
    {
        using var simulator = Start(new());
        SimulatedIcePap device = simulator.Devices[0];
        using var member = new GroupMember();
        long before = device.CrashCount;
        byte[] good = RawPacket.To(address, RawPacket.UpdateConfig, new byte[56]).Bytes;
        member.Send(good[..^1]);
        member.Send(RawPacket.Flip(good, 3));
        member.Send([]);

        // Well-formed, but a device's listener can't read it. It crashes that device and no other.
        member.Send(RawPacket.To(address, RawPacket.UpdateConfig, [1, 2, 3]).Bytes);
        Assert.True(SpinWait.SpinUntil(() => device.CrashCount >= before + 4, Controller.Promptly));
        Assert.True(simulator.MalformedCount >= 3);
        Assert.Equal(1, device.CrashCount - simulator.MalformedCount);
        Assert.Equal(1, device.UpdateCount);
    }

    [Fact]
    public async Task Updates_for_others_and_to_the_whole_group_are_ignored()
    {
        using var simulator = Start(new());
        SimulatedIcePap device = simulator.Devices[0];
        string before = device.Hostname;
        using var member = new GroupMember();
        byte[] settings = RawPacket.Settings(address, "foreign", 1);
        settings[28] = 2;
        member.Send(RawPacket.To(Devices.RandomAddress(), RawPacket.UpdateConfig, settings).Bytes);
        member.Send(new RawPacket { Command = RawPacket.UpdateConfig, Payload = settings }.Bytes);
        member.Send(new RawPacket { Command = 0x0777 }.Bytes);
        using var controller = new Controller();
        await controller.FindAsync(address);
        Assert.Equal((before, 0), (device.Hostname, device.UpdateCount));
    }

    [Fact]
    public async Task Firmware_of_2007_checks_the_gateway_and_the_size_and_numbers_its_configurations_0()
    {
        using var simulator = IcePapSimulator.Start(
            SimulatedIcePapFactory.Create(1, [address], [], [IPAddress.Parse("172.24.154.40")]), new IcePapSimulatorOptions { Firmware = SimulatedFirmware.Firmware2007 });
        SimulatedIcePap device = simulator.Devices[0];
        using var member = new GroupMember();
        byte[] settings = RawPacket.Settings(address, "outside", 1);
        (settings[18], settings[28]) = (10, 2);
        member.Send(RawPacket.To(address, RawPacket.UpdateConfig, settings).Bytes);
        Assert.Equal(0x0143, await AcknowledgedAsync());
        member.Send(RawPacket.To(address, RawPacket.UpdateConfig, [1, 2, 3]).Bytes);
        Assert.Equal(0x0140, await AcknowledgedAsync());
        Assert.NotEqual("outside", device.Hostname);
        Assert.Equal(0, device.CrashCount);
        for (int time = 0; time < 2; time++)
        {
            member.Send(new RawPacket { Source = RawPacket.Controller }.Bytes);
            byte[] answer = await member.ReceiveAsync(heard => heard.Length == 80 && heard.AsSpan(0, 6).SequenceEqual(address.GetAddressBytes()));
            Assert.Equal(0, BitConverter.ToUInt16(answer, 8));
        }

        async Task<int> AcknowledgedAsync() => BitConverter.ToUInt16(
            await member.ReceiveAsync(heard => heard.Length == 28 && heard.AsSpan(0, 6).SequenceEqual(address.GetAddressBytes())), 22);
    }

    [Fact]
    public async Task Firmware_of_2007_appends_to_a_hostname_of_24_characters()
    {
        using var simulator = Start(new IcePapSimulatorOptions { Firmware = SimulatedFirmware.Firmware2007 });
        using var controller = new Controller();
        const string name = "abcdefghijklmnopqrstuvwx";
        await controller.UpdateAsync(new IcePapSettings { Hostname = name, AllowFullLengthHostname = true }.PlanFor(await controller.FindAsync(address)));
        Assert.Equal(name + "?", simulator.Devices[0].Hostname);
        simulator.Behave(simulator.Options with { Firmware = SimulatedFirmware.Current });
        Assert.Equal(name, simulator.Devices[0].Hostname);
    }

    [Fact]
    public async Task An_update_to_several_devices_reaches_each_of_them()
    {
        using var simulator = IcePapSimulator.Start(Settings(3), new());
        MacAddress[] targets = [.. simulator.Devices.Take(2).Select(device => device.MacAddress)];
        byte[] settings = RawPacket.Settings(targets[0], "shared", 1);
        settings[28] = 2;
        using var member = new GroupMember();
        member.Send(new RawPacket { TargetCount = 2, Destination = [.. targets.SelectMany(target => target.GetAddressBytes())], Command = RawPacket.UpdateConfig, Payload = settings }.Bytes);
        Assert.True(SpinWait.SpinUntil(() => simulator.Devices.Take(2).All(device => device.AcknowledgementCount == 1), Controller.Promptly));
        Assert.Equal(["shared", "shared"], simulator.Devices.Take(2).Select(device => device.Hostname));
        using var controller = new Controller();
        await controller.FindAsync(simulator.Devices[2].MacAddress);
        Assert.Equal(0, simulator.Devices[2].UpdateCount);
    }
}
