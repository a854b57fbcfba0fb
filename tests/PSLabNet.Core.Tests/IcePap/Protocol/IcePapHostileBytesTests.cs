using System;
using System.Linq;
using FsCheck.Fluent;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Protocol;

public sealed class IcePapHostileBytesTests
{
    public static TheoryData<string> Datagrams =>
        [.. Vectors.IcePap.Select(vector => vector.GetProperty("hex").GetString()!), RawPacket.Hex(RawPacket.BroadcastUpdate), RawPacket.Hex(new RawPacket { Destination = [0] }.Bytes)];

    [Theory]
    [MemberData(nameof(Datagrams))]
    public void Every_truncation_is_rejected_with_a_reason(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.All(Enumerable.Range(0, bytes.Length), length => AssertRefused(bytes[..length]));
    }

    [Theory]
    [MemberData(nameof(Datagrams))]
    public void Every_bit_flip_is_rejected_with_a_reason(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.All(Enumerable.Range(0, bytes.Length * 8), bit => AssertRefused(RawPacket.Flip(bytes, bit)));
    }

    [Theory]
    [MemberData(nameof(Datagrams))]
    public void Every_addition_is_rejected_with_a_reason(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.All(Enumerable.Range(1, 30), more =>
        {
            AssertRefused([.. bytes, .. new byte[more]]);
            AssertRefused([.. new byte[more], .. bytes]);
        });
    }

    [Theory]
    [MemberData(nameof(Datagrams))]
    public void Every_truncation_with_a_right_checksum_is_rejected(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);

        // Without its one zero byte, the broadcast of 19 bytes is the broadcast of 18 bytes.
        Assert.All(
            Enumerable.Range(0, bytes.Length - 4).Where(length => length != 14 || bytes.Length != 19),
            length => AssertRefused(RawPacket.WithChecksum(bytes[..length])));
    }

    [Fact]
    public void Random_bytes_are_rejected_with_a_reason() =>
        Prop.ForAll(Properties.Bytes(0, 1100).ToArbitrary(), bytes => IsRefused(bytes)).Holds(2000);

    [Fact]
    public void Random_bytes_with_a_right_checksum_never_end_in_an_exception() => Prop.ForAll(
        Properties.Bytes(0, 1044).ToArbitrary(),
        bytes =>
        {
            byte[] datagram = RawPacket.WithChecksum(bytes);
            return IcePapPacketCodec.TryDecode(datagram, out IcePapPacket? packet, out string? error)
                ? error is null && packet.ToString().Length > 0
                : packet is null && !string.IsNullOrWhiteSpace(error);
        }).Holds(2000);

    [Fact]
    public void A_wrong_size_is_rejected_although_the_checksum_is_right() => Prop.ForAll(
        (from said in Gen.OneOf(Gen.Choose(0, 70), Gen.Choose(0, 65535), Gen.Elements(1024, 1025, 65535, 65531, 65517, 65516))
         from actual in Gen.Elements(0, 4, 56, 1000)
         from count in Gen.Elements(0, 1, 2, 65535)
         select (said, actual, count)).ToArbitrary(),
        sample =>
        {
            byte[] destination = sample.count == 0 ? [] : new byte[6 * Math.Min(sample.count, 2)];
            var bytes = new RawPacket { TargetCount = (ushort)sample.count, Destination = destination, Payload = new byte[sample.actual], SaidSize = (ushort)sample.said }.Bytes;

            // In a packet to the group, one missing byte looks like the one zero byte that may represent a destination.
            bool isTrue = (sample.said == sample.actual && sample.count <= 2) || (sample.count == 0 && sample.said == sample.actual - 1);
            return IcePapPacketCodec.TryDecode(bytes, out _, out string? error) ? isTrue : !isTrue && error.Contains("size is wrong", StringComparison.Ordinal);
        }).Holds(2000);

    [Fact]
    public void The_largest_packet_has_1048_bytes_and_one_byte_more_is_rejected()
    {
        var largest = RawPacket.To(RawPacket.Controller, 0x0008, new byte[1024]);
        Assert.Equal(1048, largest.Bytes.Length);
        Assert.Equal(1024, IcePapPacketCodec.Decode(largest.Bytes).PayloadSize);
        AssertRefused((largest with { Payload = new byte[1025] }).Bytes, reason: "1049 bytes are too many");
        AssertRefused(new RawPacket { Payload = new byte[1025] }.Bytes, reason: "payload of 1025 bytes is too large");
        AssertRefused(new byte[65535], reason: "too many");
    }

    [Fact]
    public void Targets_count_towards_the_largest_size()
    {
        var full = new RawPacket { TargetCount = 171, Destination = new byte[171 * 6] };
        Assert.Equal(171, IcePapPacketCodec.Decode(full.Bytes).Destinations.Count);
        AssertRefused((full with { TargetCount = 172, Destination = new byte[172 * 6] }).Bytes, reason: "1050 bytes are too many");
        AssertRefused((full with { TargetCount = 2 }).Bytes, reason: "a packet to 2 devices with a payload of 0 bytes has 30 bytes, not 1044");
    }

    [Fact]
    public void Seventeen_bytes_are_too_few() => AssertRefused(RawPacket.WithChecksum(new byte[13]), reason: "17 bytes are too few");

    [Fact]
    public void A_wrong_checksum_is_reported_with_the_right_one()
    {
        byte[] bytes = Vectors.IcePapBytes("discovery request");
        bytes[17] ^= 0xFF;
        Assert.Equal(
            "The checksum is wrong: 0xb7648f31 is said, 0x48648f31 computed.",
            Assert.Throws<IcePapPacketException>(() => IcePapPacketCodec.Decode(bytes)).Message);
    }

    [Fact]
    public void A_wrong_size_is_reported_with_the_right_one() =>
        AssertRefused(new RawPacket { SaidSize = 56 }.Bytes, reason: "a packet to the group with a payload of 56 bytes has 74 bytes, not 18");

    [Fact]
    public void Null_bytes_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentNullException>("datagram", () => IcePapPacketCodec.Decode(null!));
        Assert.Throws<ArgumentNullException>("datagram", () => IcePapPacketCodec.TryDecode(null!, out _, out _));
        Assert.Throws<ArgumentNullException>("packet", () => IcePapPacketCodec.Encode(null!));
    }

    private static bool IsRefused(byte[] bytes) =>
        !IcePapPacketCodec.TryDecode(bytes, out IcePapPacket? packet, out string? error) && packet is null && !string.IsNullOrWhiteSpace(error);

    private static void AssertRefused(byte[] bytes, string reason = "")
    {
        Assert.False(IcePapPacketCodec.TryDecode(bytes, out IcePapPacket? packet, out string? error));
        Assert.Null(packet);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.NotEmpty(error);
    }
}
