using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>Licenses of a feature in use over time, reduced to what a plot can show.</summary>
internal sealed record FlexLmUsageSeries
{
    /// <summary>The server, as the caller named it; empty if the series is from a log, which does not name it.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; init; } = string.Empty;

    /// <summary>Name of the feature.</summary>
    public string Feature { get; init; } = string.Empty;

    /// <summary>The log that the series comes from, the last one if there are several; empty if it comes from a server.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Licenses issued; null if they are not counted or unknown.</summary>
    public int? Issued { get; init; }

    /// <summary>The points in the order of time, without duplicates.</summary>
    public IReadOnlyList<FlexLmUsePoint> Points { get; init => field = value.ToIndexable(); } = ResultCollection<FlexLmUsePoint>.None;

    /// <summary>The time that a point covers; zero if each point is one moment.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>The largest number in use at the same time.</summary>
    public int Peak { get; init; }

    /// <summary>When <see cref="Peak"/> was first reached.</summary>
    public DateTimeOffset PeakAt { get; init; }

    /// <summary>Average use over the time from the first point to the last.</summary>
    public double Average { get; init; }
}

/// <summary>Use in one interval of a series.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="Peak">The largest number in use within it.</param>
/// <param name="Last">Use at its end, and until the next point.</param>
/// <param name="Denied">Requests that were denied within it.</param>
internal sealed record FlexLmUsePoint(DateTimeOffset Start, int Peak, int Last, int Denied);
