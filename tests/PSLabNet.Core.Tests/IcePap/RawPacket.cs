using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;

namespace PSLabNet.Tests.IcePap;

/// <summary>Builds datagrams byte by byte from the protocol's description, valid or not, without the product's codec.</summary>
internal sealed record RawPacket
{
    public const ushort RequestConfig = 0x0002;
    public const ushort SendConfig = 0x0003;
    public const ushort UpdateConfig = 0x000F;
    public const ushort UpdateConfigAck = 0x0010;

    public static readonly MacAddress Controller = MacAddress.Parse("00:d1:5e:a5:ed:00");

    /// <summary>A packet that hardware sent: an update to the whole group, with a payload and no destination.</summary>
    public static readonly byte[] BroadcastUpdate = Convert.FromHexString(
        "00221906bf58000008000f003800000cc669132dac189bdeac189bffffffff00ac189b63000cc669132d060000006963656575340000000000000000000000000000000000003f59ba56");

    public MacAddress Source { get; init; } = MacAddress.Parse("00:0c:c6:69:13:2d");

    public ushort TargetCount { get; init; }

    public ushort Number { get; init; }

    public ushort Command { get; init; } = RequestConfig;

    /// <summary>The size in the header; null for the correct size.</summary>
    public ushort? SaidSize { get; init; }

    public byte[] Destination { get; init; } = [];

    public byte[] Payload { get; init; } = [];

    /// <summary>The datagram with a correct checksum.</summary>
    public byte[] Bytes
    {
        get
        {
            byte[] bytes = [.. Source.GetAddressBytes(), .. Little(TargetCount), .. Little(Number), .. Little(Command), .. Little(SaidSize ?? (ushort)Payload.Length), .. Destination, .. Payload];
            return WithChecksum(bytes);
        }
    }

    public static byte[] WithChecksum(byte[] bytes)
    {
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, System.IO.Hashing.Crc32.HashToUInt32(bytes));
        return [.. bytes, .. checksum];
    }

    public static RawPacket To(MacAddress target, ushort command, byte[] payload) =>
        new() { TargetCount = 1, Destination = target.GetAddressBytes(), Command = command, Payload = payload };

    public static byte[] Acknowledgement(MacAddress device, ushort number, ushort code) =>
        (To(Controller, UpdateConfigAck, [.. Little(number), .. Little(code)]) with { Source = device }).Bytes;

    public static byte[] Configuration(MacAddress device, byte[] settings) => (To(Controller, SendConfig, settings) with { Source = device }).Bytes;

    /// <summary>The 56 bytes of a device in 172.24.155.0/24.</summary>
    public static byte[] Settings(MacAddress device, string hostname, byte host) =>
    [
        .. device.GetAddressBytes(), 172, 24, 155, host, 172, 24, 155, 255, 255, 255, 255, 0, 172, 24, 155, 99,
        .. device.GetAddressBytes(), 0, 0, 0, 0, .. Encoding.Latin1.GetBytes(hostname.PadRight(24, '\0')),
    ];

    public static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << bit % 8);
        return flipped;
    }

    public static byte[] Little(ushort value) => [(byte)value, (byte)(value >> 8)];

    public static string Hex(byte[] bytes) => string.Concat(bytes.Select(value => value.ToString("x2", null)));
}
