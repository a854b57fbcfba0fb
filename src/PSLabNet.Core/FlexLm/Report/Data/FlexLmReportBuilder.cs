using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>
/// Gathers a report from objects in any order, as they come through a pipeline. Of an object with several times, the
/// page shows the last and plots all. Log events are counted and not kept, so logs may have any length.
/// </summary>
internal sealed partial class FlexLmReportBuilder
{
    private readonly Newest<string, FlexLmServerStatus> servers = new(status => status.CheckedAt);
    private readonly NewestFeatures features = new();
    private readonly UsageRecord use = new();
    private readonly DenialTally denials = new();
    private readonly List<string> gaps = [];

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
        if (given.ReportedInUse is int inUse)
        {
            use.Sample(given, inUse);
        }
    }

    /// <summary>Reports a gap in the data, which the page shows at its head.</summary>
    /// <param name="gap">A sentence.</param>
    public void AddGap(string gap) => gaps.Add(gap);

    /// <summary>What was gathered so far.</summary>
    /// <param name="title">Heading of the page.</param>
    /// <param name="generatedAt">When the report is made.</param>
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
            Use = use.ToSeries(counted.Features, counted.NameOf),
            Denials = denials.ToSummary(),
            Gaps = gaps.ToArray(),
        };
    }

    private static FlexLmServerStatus WithOtherNames(FlexLmServerStatus status, ServersByIdentity counted)
    {
        string[] others = [.. counted.OthersOf(status.Server)];
        return others.Length == 0
            ? status
            : new FlexLmServerStatus(status) { Warnings = [.. status.Warnings, $"Queried under other names too, and counted once: {string.Join(", ", others)}."] };
    }
}
