using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using PSLabNet.Benchmarks.Measuring;

namespace PSLabNet.Benchmarks.Report;

/// <summary>A class of benchmarks, run by BenchmarkDotNet, as a table: the others are compared with the baseline.</summary>
internal static class ToolTable
{
    public static string Of<T>()
    {
        ThroughputAttribute throughput = typeof(T).GetCustomAttribute<ThroughputAttribute>()!;
        Summary summary = BenchmarkRunner.Run<T>(Config());
        BenchmarkReport[] reports = [.. summary.Reports.OrderBy(report => report.BenchmarkCase.Descriptor.WorkloadMethod.MetadataToken)];
        double bound = MedianOf(reports.First(report => report.BenchmarkCase.Descriptor.Baseline));
        var table = new Table(string.Empty, "time", throughput.Unit, "goal", "allocated", "times the first");
        foreach (BenchmarkReport report in reports)
        {
            double nanoseconds = MedianOf(report);
            MethodInfo method = report.BenchmarkCase.Descriptor.WorkloadMethod;
            table.Add(
                method.GetCustomAttribute<BenchmarkAttribute>()!.Description!,
                Figures.Nanoseconds(nanoseconds),
                Figures.Number(throughput.Amount * 1e9 / nanoseconds),
                method.GetCustomAttribute<GoalAttribute>() is { } goal ? Figures.Number(goal.Least) : string.Empty,
                Figures.Bytes(report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0),
                Figures.Ratio(nanoseconds / bound));
        }

        return table.ToMarkdown();
    }

    private static double MedianOf(BenchmarkReport report) => report.ResultStatistics!.Median;

    // In this process: its clock is processor time, which does not need a quiet machine.
    private static ManualConfig Config() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithClock(new ProcessorClock())
            .WithWarmupCount(3)
            .WithIterationCount(8)
            .WithIterationTime(TimeInterval.FromMilliseconds(100)))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogger(NullLogger.Instance)
        .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator);
}
