using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Protocol;

public sealed class IcePapVectorTests
{
    public static TheoryData<string> Names => [.. Vectors.IcePap.Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_vector_decodes_to_its_fields_and_encodes_to_its_bytes(string name)
    {
        JsonElement fields = Vectors.IcePap.Single(vector => vector.GetProperty("name").GetString() == name).GetProperty("decoded");
        byte[] bytes = Vectors.IcePapBytes(name);
        IcePapPacket packet = IcePapPacketCodec.Decode(bytes);
        Assert.All(fields.EnumerateObject(), field => Assert.Equal((field.Name, field.Value.ToString()), (field.Name, Read(packet, field.Name))));
        Assert.Equal(bytes, IcePapPacketCodec.Encode(packet));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_packet_made_from_its_fields_has_the_bytes_and_the_checksum_of_the_vector(string name)
    {
        byte[] bytes = Vectors.IcePapBytes(name);
        IcePapPacket read = IcePapPacketCodec.Decode(bytes);
        IcePapPacket made = read.Destination is { } target
            ? IcePapPacket.ToDevice(read.Source, target, read.PacketNumber, read.Command, read.Payload)
            : IcePapPacket.ToGroup(read.Source, read.PacketNumber, read.Command, read.Payload);
        Assert.Equal(bytes, IcePapPacketCodec.Encode(made));
        Assert.Equal(read.Checksum, made.Checksum);
    }

    [Fact]
    public void The_broadcast_with_a_payload_that_hardware_sent_decodes()
    {
        IcePapPacket packet = IcePapPacketCodec.Decode(RawPacket.BroadcastUpdate);
        Assert.True(packet.IsBroadcast);
        Assert.Null(packet.Destination);
        Assert.Equal(IcePapCommand.UPDATE_CONFIG, packet.Command);
        Assert.Equal(8, packet.PacketNumber);
        IcePapConfiguration configuration = Assert.IsType<IcePapConfiguration>(packet.Payload);
        Assert.Equal("iceeu4", configuration.Hostname);
        Assert.Equal("172.24.155.222", configuration.IPAddress.ToString());
        Assert.Equal("172.24.155.99", configuration.Gateway.ToString());
        Assert.Equal(IcePapApply.Dynamic | IcePapApply.Flash, configuration.Apply);
        Assert.Equal(RawPacket.BroadcastUpdate, IcePapPacketCodec.Encode(packet));
    }

    [Fact]
    public void The_broadcast_of_19_bytes_decodes_and_is_written_with_18()
    {
        byte[] bytes = (new RawPacket { Number = 1, Destination = [0] }).Bytes;
        Assert.Equal(19, bytes.Length);
        IcePapPacket packet = IcePapPacketCodec.Decode(bytes);
        Assert.True(packet.IsBroadcast);
        Assert.Equal(IcePapCommand.REQUEST_CONFIG, packet.Command);
        Assert.Equal(0, packet.PayloadSize);
        Assert.Equal(bytes[15..19], BitConverter.GetBytes(packet.Checksum));
        Assert.Equal(18, IcePapPacketCodec.Encode(packet).Length);
    }

    [Fact]
    public void A_broadcast_with_one_zero_byte_may_have_a_payload()
    {
        byte[] settings = RawPacket.Settings(RawPacket.Controller, "iceeu4", 7);
        byte[] bytes = new RawPacket { Command = RawPacket.SendConfig, Destination = [0], Payload = settings }.Bytes;
        Assert.Equal("172.24.155.7", Assert.IsType<IcePapConfiguration>(IcePapPacketCodec.Decode(bytes).Payload).IPAddress.ToString());
    }

    [Fact]
    public void A_broadcast_with_a_one_byte_destination_other_than_zero_is_rejected() =>
        Assert.False(IcePapPacketCodec.TryDecode(new RawPacket { Destination = [1] }.Bytes, out _, out _));

    private static string? Read(IcePapPacket packet, string field)
    {
        var configuration = packet.Payload as IcePapConfiguration;
        var acknowledgement = packet.Payload as IcePapAcknowledgement;
        IFormattable? number = field switch
        {
            "targetCount" => packet.TargetCount,
            "packetNumber" => packet.PacketNumber,
            "payloadSize" => packet.PayloadSize,
            "flags" => (uint)configuration!.Apply,
            "ackPacketNumber" => acknowledgement!.PacketNumber,
            _ => null,
        };
        return number?.ToString(null, CultureInfo.InvariantCulture) ?? field switch
        {
            "source" => packet.Source.ToString(),
            "destination" => packet.Destination.ToString(),
            "command" => packet.Command.ToString(),
            "checksum" => $"0x{packet.Checksum:x8}",
            "id" => configuration!.DeviceId.ToString(),
            "ip" => configuration!.IPAddress.ToString(),
            "broadcast" => configuration!.Broadcast.ToString(),
            "netmask" => configuration!.Netmask.ToString(),
            "gateway" => configuration!.Gateway.ToString(),
            "mac" => configuration!.MacAddress.ToString(),
            "hostname" => configuration!.Hostname,
            "code" => acknowledgement!.Code.ToString(),
            _ => null,
        };
    }
}
