using System;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace PSLabNet.Benchmarks.Measuring;

/// <summary>The amount of work in one call of a benchmark, so that a time is also a speed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ThroughputAttribute : Attribute, IConfigSource
{
    /// <summary>Adds a column.</summary>
    /// <param name="amount">Amount of work in one call.</param>
    /// <param name="unit">Unit of the amount, per second.</param>
    public ThroughputAttribute(double amount, string unit)
    {
        Amount = amount;
        Unit = unit;
        Config = ManualConfig.CreateEmpty().AddColumn(new ThroughputColumn(this));
    }

    public double Amount { get; }

    public string Unit { get; }

    public IConfig Config { get; }
}

/// <summary>The required speed of a benchmark, in the unit of its throughput.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoalAttribute(double least) : Attribute
{
    public double Least { get; } = least;
}

/// <summary>The column.</summary>
internal sealed class ThroughputColumn(ThroughputAttribute throughput) : IColumn
{
    public string Id => nameof(ThroughputColumn);

    public string ColumnName => throughput.Unit;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => throughput.Unit;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Median;
        return nanoseconds is { } median ? (throughput.Amount * 1e9 / median).ToString("0.0", CultureInfo.InvariantCulture) : "?";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
