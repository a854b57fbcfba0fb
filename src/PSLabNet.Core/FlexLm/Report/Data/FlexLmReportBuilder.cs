using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Usage;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>
/// Collects a report from objects in any order, as they arrive from a pipeline. If the same object has several times, the
/// page shows the last and plots all. Samples and log events are added up and not kept, except for a few bytes of each
/// checkout in a log.
/// </summary>
internal sealed partial class FlexLmReportBuilder
{
    private readonly Newest<string, FlexLmServerStatus> servers = new(status => status.CheckedAt);
    private readonly NewestFeatures features = new();
    private readonly UsageRecord use = new();
    private readonly UsageMeter meter;
    private readonly Predicate<string> hasHours;
    private MeasuredFeature[]? measured;
    private readonly DenialTally denials = new();
    private readonly List<string> gaps = [];

    /// <summary>Creates an empty report.</summary>
    /// <param name="hasHeatMap">Whether a feature is shown by the hour of the week; null for none.</param>
    /// <param name="zone">The zone of the hours; null for that of this machine.</param>
    public FlexLmReportBuilder(Predicate<string>? hasHeatMap = null, TimeZoneInfo? zone = null)
    {
        hasHours = hasHeatMap ?? (_ => false);
        meter = new UsageMeter(new UsageOptions
        {
            By = [FlexLmUsageKey.Feature],
            TimeZone = zone ?? TimeZoneInfo.Local,
            HasWeek = hasHeatMap is not null,
        });
    }

    /// <summary>From when on the page marks something.</summary>
    public ReportThresholds Thresholds { get; init; } = new();

    /// <summary>Adds a server's status.</summary>
    /// <param name="status">The status.</param>
    /// <exception cref="ArgumentNullException"><paramref name="status"/> is null.</exception>
    public void Add(FlexLmServerStatus status)
    {
        FlexLmServerStatus given = status ?? throw new ArgumentNullException(nameof(status));
        servers.Add(given.Server, given);
    }

    /// <summary>Adds a feature, and a point of its use over time.</summary>
    /// <param name="feature">The feature.</param>
    /// <exception cref="ArgumentNullException"><paramref name="feature"/> is null.</exception>
    public void Add(FlexLmFeature feature)
    {
        FlexLmFeature given = feature ?? throw new ArgumentNullException(nameof(feature));
        features.Add(given);
        meter.Add(given);
        if (given.ReportedInUse is int inUse)
        {
            use.Sample(given.Server, given.Vendor, given.Name, given.CheckedAt, inUse, given.Issued);
        }
    }

    /// <summary>Adds a point of a feature's use over time. Add the samples of a feature in the order of time.</summary>
    /// <param name="sample">The sample.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sample"/> is null.</exception>
    public void Add(FlexLmSample sample)
    {
        FlexLmSample given = sample ?? throw new ArgumentNullException(nameof(sample));
        meter.Add(given);
        if (given.InUse is int inUse)
        {
            // The server counts reservations that nobody uses as used.
            long used = (long)inUse + (given.Reserved ?? 0);
            use.Sample(given.Server, given.Vendor, given.Feature, given.Time, (int)Math.Min(int.MaxValue / 2, used), given.Issued);
        }
    }

    /// <summary>Reports a gap in the data, which the page shows at its head.</summary>
    /// <param name="gap">A sentence.</param>
    public void AddGap(string gap) => gaps.Add(gap);

    /// <summary>Returns the data collected so far.</summary>
    /// <param name="title">Heading of the page.</param>
    /// <param name="generatedAt">When the report is created.</param>
    /// <returns>A report that later additions do not change.</returns>
    public FlexLmReport ToReport(string title, DateTimeOffset generatedAt)
    {
        var counted = new ServersByIdentity(servers.ToList(), features.ToList());
        return new FlexLmReport
        {
            Title = title,
            GeneratedAt = generatedAt,
            Servers = [.. counted.Statuses.Select(status => WithOtherNames(status, counted))],
            Features = counted.Features,
            Thresholds = Thresholds,
            Use = use.ToSeries(counted.Features, counted.NameOf),
            Measured = measured ??= Measure(),
            Denials = denials.ToSummary(),
            Gaps = gaps.ToArray(),
        };
    }

    // One query alone covers no time.
    private MeasuredFeature[] Measure()
    {
        MeasuredFeature[] all =
        [
            .. meter.Complete()
                .Where(one => one.InUse.Total > 0)
                .Select(one => MeasuredFeature.Of(one, hasHours(one.Usage.Feature))),
        ];
        Array.Sort(all, MeasuredFeature.ScarcestFirst);
        return all;
    }

    private static FlexLmServerStatus WithOtherNames(FlexLmServerStatus status, ServersByIdentity counted)
    {
        string[] others = [.. counted.OthersOf(status.Server)];
        return others.Length == 0
            ? status
            : new FlexLmServerStatus(status) { Warnings = [.. status.Warnings, $"Queried under other names too, and counted once: {string.Join(", ", others)}."] };
    }
}
