using System;
using System.Linq;
using System.Net;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Protocol;

public sealed class IcePapPacketTests
{
    [Fact]
    public void A_configuration_is_shown_as_lines_with_one_field_each()
    {
        string[] expected =
        [
            "source        = 00:0c:c6:69:13:2d",
            "destination   = 00:22:19:06:bf:58",
            "packet number = 0",
            "command       = SEND_CONFIG (0x0003)",
            "payload size  = 56",
            "payload       = configuration",
            "    device id     = 00:0c:c6:69:13:2d",
            "    hostname      = iceeu4",
            "    IP address    = 172.24.155.222",
            "    netmask       = 255.255.255.0",
            "    gateway       = 172.24.155.99",
            "    broadcast     = 172.24.155.255",
            "    MAC address   = 00:0c:c6:69:13:2d",
            "    apply         = None",
            "checksum      = 0x0d2357b3",
        ];
        Assert.Equal(expected, IcePapPacketCodec.Decode(Vectors.IcePapBytes("configuration sent by a device")).ToString().Split('\n'));
    }

    [Fact]
    public void A_request_and_an_acknowledgement_are_shown_as_lines()
    {
        string request = IcePapPacketCodec.Decode(Vectors.IcePapBytes("discovery request")).ToString();
        Assert.Contains("destination   = all (broadcast)\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("payload       =", request, StringComparison.Ordinal);
        Assert.Contains(
            "payload       = OK (0x0000) to packet 2\n",
            IcePapPacketCodec.Decode(Vectors.IcePapBytes("acknowledgement")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_to_several_devices_names_them_all()
    {
        MacAddress[] targets = [Devices.RandomAddress(), Devices.RandomAddress(), Devices.RandomAddress()];
        byte[] bytes = new RawPacket { TargetCount = 3, Destination = [.. targets.SelectMany(target => target.GetAddressBytes())], Command = 0x0F, Payload = RawPacket.Settings(targets[0], "iceeu4", 1) }.Bytes;
        IcePapPacket packet = IcePapPacketCodec.Decode(bytes);
        Assert.Equal(targets, packet.Destinations);
        Assert.Equal((targets[0], (ushort)3, false), (packet.Destination, packet.TargetCount, packet.IsBroadcast));
        Assert.Equal("iceeu4", Assert.IsType<IcePapConfiguration>(packet.Payload).Hostname);
        Assert.Equal(bytes, IcePapPacketCodec.Encode(packet));
        Assert.Contains($"destination   = {targets[0]}, {targets[1]}, {targets[2]}\n", packet.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_commands_codes_and_flags_are_shown_as_numbers()
    {
        Assert.Contains("command       = 0x0777\n", IcePapPacketCodec.Decode(new RawPacket { Command = 0x777 }.Bytes).ToString(), StringComparison.Ordinal);
        Assert.Equal("1911 (0x0777) to packet 3", new IcePapAcknowledgement(3, (IcePapAcknowledgementCode)0x777).ToString());
        Assert.Contains("apply         = 264", new IcePapConfiguration { Apply = (IcePapApply)0x108 }.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_shown_in_hexadecimal() =>
        Assert.Contains("payload       = 01 AB\n", IcePapPacketCodec.Decode(new RawPacket { Payload = [1, 0xAB] }.Bytes).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_hostname_that_would_act_on_the_terminal_is_shown_escaped()
    {
        byte[] bytes = new RawPacket { Command = RawPacket.SendConfig, Payload = RawPacket.Settings(RawPacket.Controller, "\u001b[2Jx\n", 1) }.Bytes;
        string shown = IcePapPacketCodec.Decode(bytes).ToString();
        Assert.Contains(@"hostname      = \x1b[2Jx\x0a", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void The_codes_of_the_protocol_have_their_names()
    {
        string[] names = ["OK", "ERR_SIZE_PACK", "ERR_OPEN_SOCKET", "ERR_CLEAR_FLAG", "ERR_BAD_GW", "ERR_SET_IP_BC_NM", "ERR_SET_GW", "ERR_SET_FLAG", "ERR_SET_MCAST", "ERR_SET_HOSTNAME"];
        ushort[] codes = [0, 0x140, 0x141, 0x142, 0x143, 0x145, 0x146, 0x147, 0x148, 0x149];
        Assert.Equal(names, codes.Select(code => ((IcePapAcknowledgementCode)code).ToString()));
        Assert.Equal(names.Length, Enum.GetValues<IcePapAcknowledgementCode>().Length);
    }

    [Fact]
    public void Commands_have_the_numbers_of_the_protocol()
    {
        ushort[] numbers = [2, 3, 4, 5, 6, 7, 8, 0xA, 0xC, 0xE, 0xF, 0x10];
        Assert.Equal(numbers, Enum.GetValues<IcePapCommand>().Select(command => (ushort)command));
        Assert.Equal((IcePapCommand)0xF, IcePapCommand.UPDATE_CONFIG);
    }

    [Fact]
    public void A_payload_of_another_type_or_size_is_rejected()
    {
        Assert.Throws<ArgumentException>("payload", () => IcePapPacket.ToGroup(default, 0, IcePapCommand.RESET, new byte[1025]));
        Assert.Throws<ArgumentException>("payload", () => IcePapPacket.ToGroup(default, 0, IcePapCommand.RESET, "text"));
        Assert.Throws<ArgumentException>("payload", () => IcePapPacket.ToDevice(default, default, 0, IcePapCommand.RESET, new int[1]));
        Assert.Equal(0, IcePapPacket.ToGroup(default, 0, IcePapCommand.RESET, null).PayloadSize);
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("Grüße")]
    [InlineData("nul\0inside")]
    public void A_hostname_that_does_not_fit_its_field_is_rejected(string name) =>
        Assert.Throws<ArgumentException>(() => new IcePapConfiguration { Hostname = name });

    [Fact]
    public void A_hostname_of_24_characters_fills_its_field()
    {
        var configuration = new IcePapConfiguration { Hostname = "abcdefghijklmnopqrstuvwx" };
        Assert.Equal("abcdefghijklmnopqrstuvwx", configuration.Hostname);
        Assert.True(configuration.IsHostnamePadded);
        Assert.Equal("", new IcePapConfiguration { Hostname = null! }.Hostname);
    }

    [Fact]
    public void An_address_that_is_not_IPv4_is_rejected() =>
        Assert.Throws<ArgumentException>(() => new IcePapConfiguration { IPAddress = IPAddress.IPv6Loopback });
}
