using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Protocol;

/// <summary>
/// A device crashes on a malformed packet. So whatever is passed to the public API, the tests check the bytes that a socket
/// of the group receives against the protocol's description, without the product's codec and rules.
/// </summary>
[Collection(OneAtATime.Name)]
public sealed class NothingMalformedLeavesTests
{
    private static readonly Regex Label = new(@"\A(?=[^\0])(?!-)[A-Za-z0-9-]{0,23}[A-Za-z0-9]\0*\z", RegexOptions.CultureInvariant);

    private static Gen<ushort> Commands => Gen.OneOf(Gen.Choose(0, 0x12), Gen.Elements(0x0F, 0x02, 0x03, 0x10), Gen.Choose(0, 0xFFFF)).Select(value => (ushort)value);

    private static Gen<byte[]> Payloads => Gen.OneOf(
        Properties.Bytes(56, 56), Properties.Bytes(0, 8), Properties.Bytes(0, 1024), Gen.Constant(Array.Empty<byte>()),
        Gen.Choose(1, 254).Select(host => RawPacket.Settings(default, "iceeu4", (byte)host)));

    [Fact]
    public async Task Whatever_settings_are_requested_only_well_formed_updates_reach_the_network()
    {
        using var listener = new GroupMember();
        using var controller = new Controller();
        var present = new Dictionary<string, byte[]>();
        int updates = 0;
        Prop.ForAll(HostileSettings.Any.ToArbitrary(), HostileSettings.AnyDevice.ToArbitrary(), (settings, device) =>
        {
            try
            {
                IcePapPlannedUpdate update = settings.PlanFor(device);
                present[RawPacket.Hex(device.MacAddress.GetAddressBytes())] = Bytes(device.Configuration);
                controller.Client.UpdateAsync(update, TimeSpan.Zero, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is IcePapInvalidSettingsException or IcePapNothingToApplyException)
            {
                return e.Message.Length > 0;
            }
            catch (IcePapNoAcknowledgementException)
            {
                // The packet was sent, and no device is there to acknowledge it.
            }

            updates++;
            return true;
        }).Holds(800);
        Assert.True(updates > 20, $"Of all settings only {updates} could be sent.");
        await AssertAllWellFormedAsync(listener, controller, present);
    }

    [Fact]
    public async Task Whatever_packets_the_transport_gets_only_well_formed_ones_reach_the_network()
    {
        using var listener = new GroupMember();
        using var controller = new Controller();
        Prop.ForAll(
            (from command in Commands
             from payload in Payloads
             from count in Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Choose(2, 4)))
             from parsed in Gen.Elements(true, false)
             select (command, payload, count, parsed)).ToArbitrary(),
            sample =>
            {
                MacAddress target = Devices.RandomAddress();
                var raw = new RawPacket
                {
                    Source = RawPacket.Controller,
                    TargetCount = (ushort)sample.count,
                    Destination = [.. Enumerable.Repeat(target.GetAddressBytes(), sample.count).SelectMany(bytes => bytes)],
                    Command = sample.command,
                    Payload = sample.payload,
                };
                IcePapPacket packet = sample.parsed && raw.Bytes.Length <= IcePapProtocol.MaxPacketSize ? IcePapPacketCodec.Decode(raw.Bytes)
                    : sample.count == 0 ? IcePapPacket.ToGroup(RawPacket.Controller, 1, (IcePapCommand)sample.command, sample.payload)
                    : IcePapPacket.ToDevice(RawPacket.Controller, target, 1, (IcePapCommand)sample.command, sample.payload);
                try
                {
                    controller.Transport.Send(packet);
                    return true;
                }
                catch (IcePapInvalidSettingsException e)
                {
                    return e.Problems.Count > 0;
                }
            }).Holds(800);
        Assert.NotEmpty(controller.Sent);
        await AssertAllWellFormedAsync(listener, controller, []);
    }

    [Fact]
    public void The_packets_that_the_protocol_knows_are_sent()
    {
        using var controller = new Controller();
        MacAddress target = Devices.RandomAddress();
        var settings = IcePapConfiguration.ReadFrom(RawPacket.Settings(target, "iceeu4", 222), 0);
        controller.Transport.Send(IcePapPacket.ToGroup(RawPacket.Controller, 1, IcePapCommand.REQUEST_CONFIG, null));
        controller.Transport.Send(IcePapPacket.ToDevice(target, RawPacket.Controller, 1, IcePapCommand.SEND_CONFIG, settings));
        controller.Transport.Send(IcePapPacket.ToDevice(RawPacket.Controller, target, 1, IcePapCommand.UPDATE_CONFIG, new IcePapConfiguration(settings) { Apply = IcePapApply.Flash }));
        controller.Transport.Send(IcePapPacket.ToDevice(target, RawPacket.Controller, 1, IcePapCommand.UPDATE_CONFIG_ACK, new IcePapAcknowledgement(1, IcePapAcknowledgementCode.OK)));
        Assert.Equal(4, controller.Sent.Count);
    }

    private static async Task AssertAllWellFormedAsync(GroupMember listener, Controller controller, Dictionary<string, byte[]> present)
    {
        HashSet<string> sent = [.. controller.Sent.Select(RawPacket.Hex)];
        IReadOnlyList<byte[]> heard = await listener.DrainAsync(datagram => sent.Contains(RawPacket.Hex(datagram)));
        Assert.NotEmpty(heard);
        Assert.All(controller.Sent.Concat(heard), bytes => AssertWellFormed(bytes, present));
    }

    private static void AssertWellFormed(byte[] bytes, Dictionary<string, byte[]> present)
    {
        Assert.InRange(bytes.Length, 18, 1048);
        int count = BitConverter.ToUInt16(bytes, 6);
        int command = BitConverter.ToUInt16(bytes, 10);
        int size = BitConverter.ToUInt16(bytes, 12);
        Assert.InRange(count, 0, 1);
        Assert.True(count == 1 || command == RawPacket.RequestConfig, "Only REQUEST_CONFIG may be broadcast.");
        Assert.Equal(14 + 6 * count + size + 4, bytes.Length);
        Assert.Equal(System.IO.Hashing.Crc32.HashToUInt32(bytes.AsSpan(0, bytes.Length - 4)), BitConverter.ToUInt32(bytes, bytes.Length - 4));
        Assert.Equal(command switch { RawPacket.RequestConfig => 0, RawPacket.SendConfig or RawPacket.UpdateConfig => 56, RawPacket.UpdateConfigAck => 4, _ => size }, size);
        if (command == RawPacket.UpdateConfig)
        {
            byte[] settings = bytes.AsSpan(20, 56).ToArray();
            AssertFits(settings, present.TryGetValue(RawPacket.Hex(bytes[14..20]), out byte[]? before) ? before : null);
        }
    }

    // Values that the device has and keeps may be wrong; each rule applies if one of its values is new.
    private static void AssertFits(byte[] settings, byte[]? before)
    {
        Assert.InRange(BitConverter.ToUInt32(settings, 28), 1u, 7u);
        string name = Name(settings);
        if (before is null || name != Name(before))
        {
            Assert.Matches(Label, name);
        }

        Assert.DoesNotContain(name.TrimEnd('\0'), c => c == '\0');
        bool isNewSubnet = IsNew(6) || IsNew(14);
        uint address = Number(settings, 6);
        uint broadcast = Number(settings, 10);
        uint netmask = Number(settings, 14);
        uint gateway = Number(settings, 18);
        string bits = Convert.ToString((long)netmask, 2).PadLeft(32, '0');
        bool isSubnet = Regex.IsMatch(bits, "^1{1,30}0+$");
        Assert.True(isSubnet || !IsNew(14), $"A new netmask of {bits} was sent.");
        if (!isSubnet)
        {
            return;
        }

        Assert.True((address & netmask) == (gateway & netmask) || !(isNewSubnet || IsNew(18)), "A gateway outside was sent.");
        Assert.True((address | ~netmask) == broadcast || !(isNewSubnet || IsNew(10)), "A broadcast address of another subnet was sent.");
        Assert.True(address != gateway || !(IsNew(6) || IsNew(18)), "The device was made its own gateway.");
        Assert.All([6, 18], offset =>
        {
            uint host = Number(settings, offset);
            bool isInside = (host & netmask) == (address & netmask);
            Assert.True((host >> 24) is >= 1 and <= 223 and not 127 || !IsNew(offset), "A reserved address was sent.");
            Assert.True(!isInside || (host != (address & netmask) && host != (address | ~netmask)) || !IsNew(offset), "The address of a network was sent.");
        });

        bool IsNew(int offset) => before is null || Number(settings, offset) != Number(before, offset);
    }

    private static string Name(byte[] settings) => Encoding.Latin1.GetString(settings, 32, 24).Split('\0')[0].PadRight(24, '\0');

    private static byte[] Bytes(IcePapConfiguration configuration)
    {
        var bytes = new byte[56];
        configuration.CopyTo(bytes, 0);
        return bytes;
    }

    private static uint Number(byte[] bytes, int offset) => (uint)IPAddress.NetworkToHostOrder(BitConverter.ToInt32(bytes, offset));
}
