using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.Benchmarks.Discovery;
using PSLabNet.Benchmarks.FlexLm;
using PSLabNet.Benchmarks.Growth;
using PSLabNet.Benchmarks.IcePap;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.Benchmarks.Processes;
using PSLabNet.Benchmarks.Servers;
using PSLabNet.Benchmarks.Text;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Lab;

namespace PSLabNet.Benchmarks.Short;

/// <summary>
/// The measurements that are reliable on a machine with other work: the growth of the cost, and the allocations. Ratios are
/// shown, but they never fail the run.
/// </summary>
internal sealed class ShortRun
{
    // Between linear and quadratic; sixteen times the size then costs 64 times as much, which noise never does.
    private const double MostTimeExponent = 1.5;

    // Bytes are counted and not measured.
    private const double MostMemoryExponent = 1.2;

    private const int Runs = 3;
    private const int ImportRuns = 5;

    private readonly Suite suite = new("Benchmarks");

    /// <summary>Runs all checks.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        Console.WriteLine("Allocations, in bytes, and the most that is allowed");
        foreach (AllocationCheck check in AllocationCheck.All)
        {
            double bytes = check.Measure();
            Report(bytes <= check.Most, $"{check.Name,-55} {bytes,8:0} <= {check.Most:0}");
        }

        Console.WriteLine("Growth: the powers of the size that processor time and memory grow with");
        foreach (GrowthCurve curve in NetworkCurves.All.Concat(TextCurves.All).Concat(ObjectCurves.All))
        {
            Report(await curve.MeasureAsync([curve.Smallest, curve.Smallest * GrowthCurve.Span], Runs));
        }

        if (DiscoveryProcess.Measure(Runs, DeviceCurve.Sizes[0], DeviceCurve.Sizes[^1]) is { } figures)
        {
            Report(DeviceCurve.Of(figures));
        }
        else
        {
            Console.WriteLine("  Finding devices is not measured: that takes Linux, root, and apt-get install iproute2.");
        }

        Console.WriteLine("Round trips of a query of a distant server, and requests ahead");
        foreach (FarCase far in FarCase.Short)
        {
            FarFigures query = await FarRun.MeasureAsync(far, 1);
            bool isRight = query.FirstRoundTrips <= far.MostRoundTrips && query.MostAhead <= QueryLimits.Window;
            string name = $"{far.Features} features of {far.Vendors} daemons";
            Report(isRight, $"{name,-55} {query.FirstRoundTrips,8} <= {far.MostRoundTrips}, ahead {query.MostAhead} <= {QueryLimits.Window}");
        }

        Console.WriteLine("Ratios of processor time, for information");
        ShowRatios();
        return suite.Conclude();
    }

    private static void ShowRatios()
    {
        var packets = new PacketBenchmarks();
        double checksum = Meter.Nanoseconds(Runs, () => packets.Checksum());
        ShowRatio("decode an IcePAP packet / its CRC-32 alone", Meter.Nanoseconds(Runs, () => packets.Decode()), checksum);
        ShowRatio("encode an IcePAP packet / its CRC-32 alone", Meter.Nanoseconds(Runs, () => packets.Encode()), checksum);

        var messages = new FlexLmWireBenchmarks();
        messages.Setup();
        ShowRatio("decode a usage frame / its checksums alone", Meter.Nanoseconds(Runs, () => messages.DecodeUsage()), Meter.Nanoseconds(Runs, () => messages.Checksums()));

        var licenses = new LicenseFileBenchmarks();
        ShowRatio("license file / its lines alone", Meter.Nanoseconds(Runs, () => licenses.LicenseLines()), Meter.Nanoseconds(Runs, () => licenses.LinesAlone()));

        var lmstat = new LmStatTextBenchmarks();
        ShowRatio("lmstat / its lines alone", Meter.Nanoseconds(Runs, () => lmstat.Snapshot()), Meter.Nanoseconds(Runs, () => lmstat.Lines()));

        var log = new LogTextBenchmarks();
        ShowRatio("log / its lines alone", Meter.Nanoseconds(Runs, () => log.Events()), Meter.Nanoseconds(Runs, () => log.Lines()));

        using var samples = new SampleFileBenchmarks();
        ShowRatio("file of samples / its lines alone", Meter.Nanoseconds(Runs, () => samples.Samples()), Meter.Nanoseconds(Runs, () => samples.Lines()));

        if (PowerShell.Version is null)
        {
            Console.WriteLine("        Import-Module is not measured: " + PowerShell.Missing);
            return;
        }

        IReadOnlyList<ImportFigures> import = ImportRun.Measure(ImportRuns);
        ShowRatio($"Import-Module {import[2].Module} / {import[0].Module}", import[2].Processor.Ticks, import[0].Processor.Ticks);
        ShowRatio($"Import-Module {import[2].Module} / {import[1].Module}", import[2].Processor.Ticks, import[1].Processor.Ticks);
    }

    private static void ShowRatio(string name, double cost, double bound) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"        {name,-55} {cost / bound,8:0.00}"));

    private void Report(Growth.Growth growth)
    {
        bool isLinear = growth.TimeExponent <= MostTimeExponent && growth.MemoryExponent <= MostMemoryExponent;
        IReadOnlyList<GrowthPoint> points = growth.Points;
        string name = $"{growth.Curve.Name}: {points[0].Size} to {points[^1].Size} {growth.Curve.Of}";
        Report(isLinear, $"{name,-70} time {growth.TimeExponent:0.00} <= {MostTimeExponent}, memory {growth.MemoryExponent:0.00} <= {MostMemoryExponent}");
    }

    private void Report(bool isRight, FormattableString text) => suite.Check(isRight, text.ToString(CultureInfo.InvariantCulture));
}
