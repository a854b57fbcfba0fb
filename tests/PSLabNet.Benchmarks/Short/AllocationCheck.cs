using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.Benchmarks.FlexLm;
using PSLabNet.Benchmarks.IcePap;
using PSLabNet.Benchmarks.Text;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.Logs;
using PSLabNet.FlexLm.Samples;
using PSLabNet.FlexLm.Wire;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Benchmarks.Short;

/// <summary>The allocations of a hot path, which are the same in every run and on every 64-bit machine.</summary>
/// <param name="Name">Name of the work.</param>
/// <param name="Most">Maximum number of bytes for each packet, message or line.</param>
/// <param name="Count">Number of packets, messages or lines in one call.</param>
/// <param name="Work">The call.</param>
internal sealed record AllocationCheck(string Name, double Most, int Count, Func<object> Work)
{
    private const int LineCount = 20_000;

    // For packets: the packet and its payload, or the bytes. For messages: the allocations of code that the compiler has not
    // yet fully optimized. For texts: a tenth more than measured, because a part is allocated once, whatever the length.
    public static IEnumerable<AllocationCheck> All
    {
        get
        {
            byte[] datagram = SampleDatagram.Configuration();
            IcePapPacket packet = IcePapPacketCodec.Decode(datagram);
            byte[] frame = SampleMessages.Usage().Encode(0);
            byte[] old = SampleMessages.Status().EncodeOld();
            byte[] license = Encoding.ASCII.GetBytes(SampleLicenseText.Lines(LineCount));
            byte[] lmstat = Encoding.ASCII.GetBytes(SampleText.Features(LineCount / 40, 40));
            byte[] log = SampleText.LogLines(LineCount);
            byte[] samples = SampleFileBenchmarks.Rows(LineCount * 80);
            return
            [
                new("decode an IcePAP packet", 160, 1, () => IcePapPacketCodec.Decode(datagram)),
                new("encode an IcePAP packet", 104, 1, () => IcePapPacketCodec.Encode(packet)),
                new("decode a usage frame", 544, 1, () => UsageReply.Decode(FlexLmMessage.Decode(frame).Frame!)),
                new("encode a usage frame", 448, 1, () => SampleUsage.Encode(0)),
                new("decode an old message", 488, 1, () => StatusReply.DecodeOld(FlexLmMessage.Decode(old).Old!)),
                new("encode an old message", 520, 1, () => SampleStatus.EncodeOld()),
                new("a license line", 1090, LineCount, () => FlexLmLicenseFile.Read(new StreamReader(new MemoryStream(license)), "check", _ => { }).Last()),
                new("a checkout of lmstat", 420, LineCount, () => FlexLmStatReader.Read(new MemoryStream(lmstat)).Last()),
                new("an event of a log", 450, log.AsSpan().Count((byte)'\n'), () => FlexLmLogReader.Read(new MemoryStream(log)).Last()),
                new("a row of a file of samples", 160, samples.AsSpan().Count((byte)'\n'), () => FlexLmSampleFile.Read(new MemoryStream(samples), "check", _ => { }).Last()),
            ];
        }
    }

    private static UsageReply SampleUsage { get; } = SampleMessages.Usage();

    private static StatusReply SampleStatus { get; } = SampleMessages.Status();

    /// <summary>Number of bytes for each packet, message or line.</summary>
    public double Measure()
    {
        // The first call creates everything that is created once.
        GC.KeepAlive(Work());
        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(Work());
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Count;
    }
}
