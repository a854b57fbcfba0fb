using System;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using PSLabNet.FlexLm.Usage;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.Benchmarks.Text;

/// <summary>Measuring use, without reading files.</summary>
[MemoryDiagnoser]
[Throughput(Count / 1e6, "million/s")]
public class UsageBenchmarks
{
    private const int Count = 100_000;
    private const int FeatureCount = 100;

    private readonly FlexLmLogEvent[] events = [.. FlexLmLogReader.Read(new MemoryStream(SampleText.Log(10_000_000))).Take(Count)];
    private readonly FlexLmSample[] samples = Samples();

    /// <summary>The cost of matching OUT and IN alone.</summary>
    [Benchmark(Baseline = true, Description = "log events, sessions alone")]
    public int Sessions() => FlexLmLogSessionTracker.Track(events).Count();

    /// <summary>A log.</summary>
    [Benchmark(Description = "log events")]
    public int Events()
    {
        var meter = new UsageMeter(new UsageOptions());
        foreach (FlexLmLogEvent item in events)
        {
            meter.Add(item);
        }

        return meter.Complete().Count();
    }

    /// <summary>Samples of a hundred features.</summary>
    [Benchmark(Description = "samples")]
    public int AllSamples() => Measure(new UsageOptions());

    /// <summary>The same by hour and weekday.</summary>
    [Benchmark(Description = "samples, by weekday and hour")]
    public int ByHour() => Measure(new UsageOptions { By = [FlexLmUsageKey.Weekday, FlexLmUsageKey.Hour] });

    private int Measure(UsageOptions options)
    {
        var meter = new UsageMeter(options);
        foreach (FlexLmSample sample in samples)
        {
            meter.Add(sample);
        }

        return meter.Complete().Count();
    }

    private static FlexLmSample[] Samples()
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return
        [
            .. Enumerable.Range(0, Count).Select(index => new FlexLmSample
            {
                Time = start.AddMinutes(10 * (index / FeatureCount)).AddSeconds(random.Next(5)),
                Server = "27000@lic1",
                Vendor = "MLM",
                Feature = Names[index % FeatureCount],
                Version = "52",
                Issued = 50,
                InUse = random.Next(50),
            }),
        ];
    }

    private static string[] Names { get; } = [.. Enumerable.Range(0, FeatureCount).Select(index => $"feature_{index}")];
}
