using System;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.Bytes;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Benchmarks.IcePap;

/// <summary>A configuration as a device sends it (80 bytes): decoding and encoding, compared with the checksum, which both include.</summary>
[MemoryDiagnoser]
[Throughput(1e-6, "million packets/s")]
public class PacketBenchmarks
{
    // The tables of the netstandard2.0 build, which the .NET build does not use.
    private static readonly ReflectedCrc Tables = new(32, 0x04C11DB7, 0xFFFFFFFF, 0xFFFFFFFF);

    private readonly byte[] datagram = SampleDatagram.Configuration();
    private readonly byte[] copy = new byte[SampleDatagram.Size];
    private readonly IcePapPacket packet;

    /// <summary>Decodes the packet that is encoded.</summary>
    public PacketBenchmarks() => packet = IcePapPacketCodec.Decode(datagram);

    /// <summary>CRC-32 of the 76 covered bytes, as in PowerShell 7.</summary>
    [Benchmark(Baseline = true, Description = "CRC-32 alone, System.IO.Hashing")]
    public uint Checksum() => Crc32.Compute(datagram, 0, datagram.Length - IcePapProtocol.ChecksumSize);

    /// <summary>The same checksum, as in Windows PowerShell.</summary>
    [Benchmark(Description = "CRC-32 alone, tables")]
    public uint ChecksumByTables() => Tables.Compute(datagram, 0, datagram.Length - IcePapProtocol.ChecksumSize);

    /// <summary>The time to copy the bytes.</summary>
    [Benchmark(Description = "memcpy of the 80 bytes")]
    public void Copy() => Buffer.BlockCopy(datagram, 0, copy, 0, copy.Length);

    /// <summary>Bytes to packet.</summary>
    [Benchmark(Description = "decode")]
    [Goal(5)]
    public IcePapPacket Decode() => IcePapPacketCodec.Decode(datagram);

    /// <summary>Packet to bytes.</summary>
    [Benchmark(Description = "encode")]
    [Goal(5)]
    public byte[] Encode() => IcePapPacketCodec.Encode(packet);
}
