using System;
using BenchmarkDotNet.Attributes;
using PSLabNet.Checksums;
using PSLabNet.IcePap;

namespace PSLabNet.Benchmarks.IcePap;

/// <summary>A configuration as a device sends it (80 bytes): decoding and encoding beside the checksum alone, which both include.</summary>
[MemoryDiagnoser]
public class PacketBenchmarks
{
    private readonly byte[] datagram = Convert.FromHexString(
        "000cc669132d010000000300380000221906bf58000cc669132dac189bdeac189bffffffff00ac189b63000cc669132d00000000696365657534000000000000000000000000000000000000b357230d");

    private readonly IcePapPacket packet;

    /// <summary>Decodes the packet that is encoded.</summary>
    public PacketBenchmarks() => packet = IcePapPacketCodec.Decode(datagram);

    /// <summary>CRC-32 of the 76 bytes that it covers.</summary>
    [Benchmark(Baseline = true)]
    public uint Checksum() => Crc.Crc32.Compute(datagram, 0, datagram.Length - IcePapProtocol.ChecksumSize);

    /// <summary>Bytes to packet.</summary>
    [Benchmark]
    public IcePapPacket Decode() => IcePapPacketCodec.Decode(datagram);

    /// <summary>Packet to bytes.</summary>
    [Benchmark]
    public byte[] Encode() => IcePapPacketCodec.Encode(packet);
}
