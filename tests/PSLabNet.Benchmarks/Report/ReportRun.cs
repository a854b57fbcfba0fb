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
using PSLabNet.Lab;

namespace PSLabNet.Benchmarks.Report;

/// <summary>Measures everything and writes it into docs/performance.md and docs/images.</summary>
internal static class ReportRun
{
    private const int SocketRuns = 5;
    private const int GrowthRuns = 5;
    private const int WindowFeatures = 200;
    private const int WindowLatencyMs = 20;

    private static readonly int[] DeviceCounts = [10, 1000];
    private static readonly int[] Latencies = [0, 5, 20, 100];
    private static readonly int[] Windows = [1, 2, 4, 8, 16, 32];

    // Both tables of devices come from one run.
    private static readonly Lazy<IReadOnlyList<DiscoveryFigures>?> Discovery =
        new(() => DiscoveryProcess.Measure(SocketRuns, [.. DeviceCounts, .. DeviceCurve.Sizes]));

    private static readonly double? LoadBefore = Machine.Load;

    // In the order in which they are measured.
    private static readonly (string Name, Func<Task<string>> WriteAsync)[] Tables =
    [
        ("packets", () => Task.FromResult(ToolTable.Of<PacketBenchmarks>())),
        ("messages", () => Task.FromResult(ToolTable.Of<FlexLmWireBenchmarks>())),
        ("license", () => Task.FromResult(ToolTable.Of<LicenseFileBenchmarks>())),
        ("lmstat", () => Task.FromResult(ToolTable.Of<LmStatTextBenchmarks>())),
        ("log", () => Task.FromResult(ToolTable.Of<LogTextBenchmarks>())),
        ("samples", () => Task.FromResult(ToolTable.Of<SampleFileBenchmarks>())),
        ("usage", () => Task.FromResult(ToolTable.Of<UsageBenchmarks>())),
        ("devices", () => Task.FromResult(Devices())),
        ("servers", ServersAsync),
        ("window", WindowAsync),
        ("far", FarAsync),
        ("growth", GrowthAsync),
        ("import", () => Task.FromResult(ShellTables.Import())),
        ("cold-start", () => Task.FromResult(ShellTables.ColdStart())),
        ("cmdlets", () => Task.FromResult(ShellTables.Cmdlets())),
        ("machine", () => Task.FromResult(Machine.ToMarkdown(PowerShell.Version, LoadBefore, Machine.Load))),
    ];

    /// <summary>The names of the tables.</summary>
    public static IEnumerable<string> Names => Tables.Select(table => table.Name);

    /// <summary>Measures and writes tables.</summary>
    /// <param name="names">Their names; none for all.</param>
    public static async Task RunAsync(IReadOnlyCollection<string> names)
    {
        foreach ((string name, Func<Task<string>> writeAsync) in Tables.Where(table => names.Count == 0 || names.Contains(table.Name)))
        {
            Console.WriteLine($"{name} ...");
            string markdown = await writeAsync();

            // Each table is written at once, because the next one may fail.
            new MarkedBlock(Repository.PathOf("docs", "performance.md"), $"<!-- figures: {name} -->", "<!-- end of figures -->").Write("\n" + markdown + "\n");
        }
    }

    private static string Devices()
    {
        if (Discovery.Value is not { } figures)
        {
            return "Not measured: no network namespace can be made here.\n";
        }

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
        var table = new Table("requests ahead", $"{WindowFeatures} features at {WindowLatencyMs} ms");
        foreach (int window in Windows)
        {
            TimeSpan elapsed = (await ServerRun.WithWindowAsync(window, WindowFeatures, WindowLatencyMs, SocketRuns)).Elapsed;
            table.Add(window.ToString(CultureInfo.InvariantCulture), Figures.Time(elapsed));
        }

        return table.ToMarkdown();
    }

    private static async Task<string> FarAsync()
    {
        var table = new Table("daemons, features, round trip", "round trips, first query", "round trips, others", "most requests ahead", "time", "time / round trips");
        foreach (FarCase far in FarCase.All)
        {
            FarFigures figure = await FarRun.MeasureAsync(far, SocketRuns);
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"{far.Vendors}, {far.Features:N0}, {far.LatencyMs} ms"),
                figure.FirstRoundTrips.ToString(CultureInfo.InvariantCulture),
                figure.RoundTrips.ToString(CultureInfo.InvariantCulture),
                figure.MostAhead.ToString(CultureInfo.InvariantCulture),
                Figures.Time(figure.Elapsed),
                Figures.Ratio(figure.Elapsed.TotalMilliseconds / far.LatencyMs / figure.RoundTrips));
        }

        return table.ToMarkdown();
    }

    private static async Task<string> GrowthAsync()
    {
        List<Growth.Growth> curves = Discovery.Value is { } devices ? [DeviceCurve.Of(devices)] : [];
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

        new GrowthPlot("Processor time against size", point => point.Cost.Processor.Ticks, ticks => Figures.Time(TimeSpan.FromTicks((long)ticks))).Save("growth-time.svg", curves);
        new GrowthPlot("Bytes allocated against size", point => point.Cost.Allocated, Figures.Bytes).Save("growth-memory.svg", curves);
        return table.ToMarkdown();
    }
}
