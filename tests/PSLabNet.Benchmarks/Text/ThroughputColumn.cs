using System;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace PSLabNet.Benchmarks.Text;

/// <summary>Adds megabytes (10^6 bytes) of text per second to the report.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ThroughputAttribute : Attribute, IConfigSource
{
    public ThroughputAttribute(int bytes)
    {
        Bytes = bytes;
        Config = ManualConfig.CreateEmpty().AddColumn(new ThroughputColumn(bytes));
    }

    public int Bytes { get; }

    public IConfig Config { get; }
}

/// <summary>The column.</summary>
internal sealed class ThroughputColumn(int bytes) : IColumn
{
    public string Id => nameof(ThroughputColumn);

    public string ColumnName => "MB/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Megabytes of text per second";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Mean;
        return nanoseconds is { } mean ? (bytes * 1e3 / mean).ToString("0", CultureInfo.InvariantCulture) : "?";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
