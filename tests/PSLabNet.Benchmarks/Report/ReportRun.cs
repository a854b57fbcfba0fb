using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.Benchmarks.Discovery;
using PSLabNet.Benchmarks.FlexLm;
using PSLabNet.Benchmarks.Growth;
using PSLabNet.Benchmarks.IcePap;
using PSLabNet.Benchmarks.Processes;
using PSLabNet.Benchmarks.Servers;
using PSLabNet.Benchmarks.Text;

namespace PSLabNet.Benchmarks.Report;

/// <summary>Measures everything and writes it into docs/performance.md and docs/images.</summary>
internal static class ReportRun
{
    private const int SocketRuns = 5;
    private const int GrowthRuns = 5;
    private const int ImportRuns = 11;
    private const int WindowFeatures = 200;
    private const int WindowLatencyMs = 20;

    private static readonly int[] DeviceCounts = [10, 1000];
    private static readonly int[] Latencies = [0, 5, 20, 100];
    private static readonly int[] Windows = [1, 2, 4, 8, 16];

    public static async Task RunAsync()
    {
        var page = new PerformancePage();
        double? load = Machine.Load;
        page.Add("packets", ToolTable.Of<PacketBenchmarks>());
        page.Add("messages", ToolTable.Of<FlexLmWireBenchmarks>());
        page.Add("license", ToolTable.Of<LicenseFileBenchmarks>());
        page.Add("lmstat", ToolTable.Of<LmStatTextBenchmarks>());
        page.Add("log", ToolTable.Of<LogTextBenchmarks>());
        var curves = new List<Growth.Growth>();
        page.Add("devices", Devices(curves));
        page.Add("servers", await ServersAsync());
        page.Add("window", await WindowAsync());
        page.Add("growth", await GrowthAsync(curves));
        page.Add("import", PowerShell.Version is null ? NoPowerShell : Import());
        page.Add("cmdlets", PowerShell.Version is null ? NoPowerShell : Cmdlets());
        page.Add("machine", Machine.ToMarkdown(PowerShell.Version, load, Machine.Load));
    }

    private static string NoPowerShell => "Not measured: PowerShell is not restored (dotnet tool restore).\n";

    private static string Devices(List<Growth.Growth> curves)
    {
        Console.WriteLine("Devices ...");
        if (DiscoveryProcess.Measure(SocketRuns, [.. DeviceCounts, .. DeviceCurve.Sizes]) is not { } figures)
        {
            return "Not measured: no network namespace can be made here.\n";
        }

        curves.Add(DeviceCurve.Of(figures));
        var table = new Table(
            "devices", "bare sockets", "PSLabNet", "times bare", "simulated devices", "processor time, a device", "times bare", "allocated, a device");
        foreach (DiscoveryFigures figure in figures.Where(figure => DeviceCounts.Contains(figure.Count) || figure.Count == DeviceCurve.Sizes[^1]))
        {
            table.Add(
                figure.Count.ToString("N0", CultureInfo.InvariantCulture),
                Figures.Time(figure.Bare.Elapsed),
                Figures.Time(figure.Product.Elapsed),
                Figures.Ratio(figure.Product.Elapsed / figure.Bare.Elapsed),
                Figures.Time(figure.Simulated.Elapsed),
                Figures.Time(figure.Product.Processor / figure.Count),
                Figures.Ratio(figure.Product.Processor / figure.Bare.Processor),
                Figures.Bytes(figure.Product.Allocated / figure.Count));
        }

        return table.ToMarkdown();
    }

    private static async Task<string> ServersAsync()
    {
        var table = new Table("servers, latency", "bare sockets", "PSLabNet", "times bare", "processor time, a server", "times bare", "allocated, a server");
        foreach (int count in new[] { 1, 200 })
        {
            foreach (int latency in Latencies)
            {
                Console.WriteLine($"{count} servers at {latency} ms ...");
                ServerFigures figure = await ServerRun.MeasureAsync(count, latency, SocketRuns);
                table.Add(
                    $"{count}, {latency} ms",
                    Figures.Time(figure.Bare.Elapsed),
                    Figures.Time(figure.Product.Elapsed),
                    Figures.Ratio(figure.Product.Elapsed / figure.Bare.Elapsed),
                    Figures.Time(figure.Product.Processor / count),
                    Figures.Ratio(figure.Product.Processor / figure.Bare.Processor),
                    Figures.Bytes(figure.Product.Allocated / count));
            }
        }

        return table.ToMarkdown();
    }

    private static async Task<string> WindowAsync()
    {
        Console.WriteLine("Windows ...");
        var table = new Table("requests ahead", $"{WindowFeatures} features at {WindowLatencyMs} ms");
        foreach (int window in Windows)
        {
            TimeSpan elapsed = (await ServerRun.WithWindowAsync(window, WindowFeatures, WindowLatencyMs, SocketRuns)).Elapsed;
            table.Add(window.ToString(CultureInfo.InvariantCulture), Figures.Time(elapsed));
        }

        return table.ToMarkdown();
    }

    private static async Task<string> GrowthAsync(List<Growth.Growth> curves)
    {
        foreach (GrowthCurve curve in NetworkCurves.All.Concat(TextCurves.All).Concat(ObjectCurves.All))
        {
            Console.WriteLine($"{curve.Name}, {curve.Of} ...");
            curves.Add(await curve.MeasureAsync(curve.Sizes, GrowthRuns));
        }

        var table = new Table(string.Empty, "from, to", "power of time", "power of memory", "processor time, the largest", "allocated, the largest");
        foreach (Growth.Growth curve in curves)
        {
            GrowthPoint largest = curve.Points[^1];
            table.Add(
                curve.Curve.Name,
                string.Create(CultureInfo.InvariantCulture, $"{curve.Points[0].Size:N0} to {largest.Size:N0} {curve.Curve.Of}"),
                Figures.Ratio(curve.TimeExponent),
                Figures.Ratio(curve.MemoryExponent),
                Figures.Time(largest.Cost.Processor),
                Figures.Bytes(largest.Cost.Allocated));
        }

        PerformancePage.AddImage("growth-time.svg", new GrowthPlot(
            "Processor time against size", point => point.Cost.Processor.Ticks, ticks => Figures.Time(TimeSpan.FromTicks((long)ticks))).ToSvg(curves));
        PerformancePage.AddImage("growth-memory.svg", new GrowthPlot(
            "Bytes allocated against size", point => point.Cost.Allocated, Figures.Bytes).ToSvg(curves));
        return table.ToMarkdown();
    }

    private static string Import()
    {
        Console.WriteLine("Import-Module ...");
        IReadOnlyList<ImportFigures> figures = ImportRun.Measure(ImportRuns);
        var table = new Table("Import-Module", "processor time", "times empty", "times empty with files", "time");
        foreach (ImportFigures figure in figures)
        {
            table.Add(
                figure.Module,
                Figures.Time(figure.Processor),
                Figures.Ratio(figure.Processor / figures[0].Processor),
                Figures.Ratio(figure.Processor / figures[1].Processor),
                Figures.Time(figure.Elapsed));
        }

        return table.ToMarkdown();
    }

    private static string Cmdlets()
    {
        Console.WriteLine("Cmdlets ...");
        var table = new Table("processor time", "cmdlet", "core", "times the core");
        foreach (CmdletFigures figure in CmdletRun.Measure())
        {
            table.Add(figure.Name, Figures.Time(figure.Cmdlet), Figures.Time(figure.Core), Figures.Ratio(figure.Cmdlet / figure.Core));
        }

        return table.ToMarkdown();
    }
}
