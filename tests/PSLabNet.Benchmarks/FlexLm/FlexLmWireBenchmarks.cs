using System;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.Bytes;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Benchmarks.FlexLm;

/// <summary>
/// The hot path of a query. For the new generation: usage frames, one for each checkout. For the old one: the answer to a
/// status request, 147 bytes. They include the checksums, which are also measured separately.
/// </summary>
[MemoryDiagnoser]
[Throughput(1e-6, "million messages/s")]
public class FlexLmWireBenchmarks
{
    private const uint Time = 1700000000;

    private readonly UsageReply usage = SampleMessages.Usage();
    private readonly StatusReply status = SampleMessages.Status();
    private readonly byte[] copy = new byte[WireConstants.LegacyMessageLength];
    private byte[] frame = [];
    private byte[] old = [];

    [GlobalSetup]
    public void Setup()
    {
        frame = usage.Encode(Time);
        old = status.EncodeOld();
    }

    [Benchmark(Baseline = true, Description = "CRC-14 and check byte of a frame alone")]
    public uint Checksums() =>
        ReflectedCrc.FlexLm14.Compute(frame, WireConstants.LengthOffset, frame.Length - WireConstants.LengthOffset)
        + CheckByte.Sum(frame, WireConstants.CrcOffset, WireConstants.FrameHeaderLength - WireConstants.CrcOffset);

    [Benchmark(Description = "memcpy of a frame")]
    public void Copy() => Buffer.BlockCopy(frame, 0, copy, 0, frame.Length);

    [Benchmark(Description = "decode a usage frame")]
    public object DecodeUsage() => UsageReply.Decode(FlexLmMessage.Decode(frame).Frame!);

    [Benchmark(Description = "encode a usage frame")]
    public byte[] EncodeUsage() => usage.Encode(Time);

    [Benchmark(Description = "check byte of an old message alone")]
    public byte LegacyCheckByte() => CheckByte.Sum(old, WireConstants.LegacyBodyOffset, old.Length - WireConstants.LegacyBodyOffset);

    [Benchmark(Description = "decode an old message")]
    public object DecodeOld() => StatusReply.DecodeOld(FlexLmMessage.Decode(old).Old!);

    [Benchmark(Description = "encode an old message")]
    public byte[] EncodeOld() => status.EncodeOld();
}
