using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Report.Page;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>The content of a report: <see cref="FlexLmReportBuilder"/> collects it, <see cref="FlexLmReportWriter"/> writes it.</summary>
internal sealed record FlexLmReport
{
    /// <summary>Heading of the page.</summary>
    public string Title { get; init; } = "License report";

    /// <summary>When the report was created. Days left are counted from this time, and the axes of plots use its offset.</summary>
    public DateTimeOffset GeneratedAt { get; init; } = DateTimeOffset.Now;

    /// <summary>From when on the page marks something.</summary>
    public ReportThresholds Thresholds { get; init; } = new();

    /// <summary>The license servers, in the order in which they are shown.</summary>
    public IReadOnlyList<FlexLmServerStatus> Servers { get; init => field = value.ToIndexable(); } = ResultCollection<FlexLmServerStatus>.None;

    /// <summary>The features in their present state; those of a server that is not in <see cref="Servers"/> are shown too.</summary>
    public IReadOnlyList<FlexLmFeature> Features { get; init => field = value.ToIndexable(); } = ResultCollection<FlexLmFeature>.None;

    /// <summary>Use over time, one series for a plot.</summary>
    public IReadOnlyList<FlexLmUsageSeries> Use { get; init => field = value.ToIndexable(); } = ResultCollection<FlexLmUsageSeries>.None;

    /// <summary>How many licenses were needed, and when, of each feature whose use is known for a time.</summary>
    public IReadOnlyList<MeasuredFeature> Measured { get; init => field = value.ToIndexable(); } = ResultCollection<MeasuredFeature>.None;

    /// <summary>Requests that were refused; null if no log was read, which does not mean that there were no denials.</summary>
    public FlexLmDenialSummary? Denials { get; init; }

    /// <summary>Missing data other than incomplete features, one sentence each, for example lines that were not understood.</summary>
    public IReadOnlyList<string> Gaps { get; init => field = value.ToIndexable(); } = ResultCollection<string>.None;
}
