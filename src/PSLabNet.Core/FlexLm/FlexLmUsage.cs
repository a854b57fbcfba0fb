using System;
using System.Collections.Generic;
using System.Globalization;

namespace PSLabNet.FlexLm;

/// <summary>
/// How licenses of a feature were used over a time, and how many would have been enough. Numbers that the record does not
/// contain are null, and <see cref="Notes"/> says why. docs/usage.md has the formulas.
/// </summary>
public sealed class FlexLmUsage
{
    internal FlexLmUsage()
    {
    }

    /// <summary>Name of the feature.</summary>
    public string Feature { get; internal init; } = string.Empty;

    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; internal init; } = string.Empty;

    /// <summary>The server, as the caller named it; empty if the record is a debug log, which does not name it.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>The debug log, the last one if there are several; empty if the record is not a log.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>Version of the licenses, and their host id if they are bound to hosts; null if pools are not told apart.</summary>
    public string? Pool { get; internal init; }

    /// <summary>The user; null unless use is measured by user.</summary>
    public string? User { get; internal init; }

    /// <summary>The user's host; null unless use is measured by host.</summary>
    public string? HostName { get; internal init; }

    /// <summary>The group, empty for users who are in none; null unless use is measured by group.</summary>
    public string? Group { get; internal init; }

    /// <summary>The hour of the day in local time, 0 to 23; null unless use is measured by hour.</summary>
    public int? Hour { get; internal init; }

    /// <summary>The day in local time, for example <c>2026-11-27</c>; null unless use is measured by day.</summary>
    public string? Day { get; internal init; }

    /// <summary>The day of the week in local time; null unless use is measured by weekday.</summary>
    public DayOfWeek? Weekday { get; internal init; }

    /// <summary>The month in local time, for example <c>2026-11</c>; null unless use is measured by month.</summary>
    public string? Month { get; internal init; }

    /// <summary>The largest number of licenses in use at the same time; null if no number is known.</summary>
    public int? Peak { get; internal init; }

    /// <summary>When <see cref="Peak"/> was first reached.</summary>
    public DateTimeOffset? PeakAt { get; internal init; }

    /// <summary>Licenses in use, on average over the covered time.</summary>
    public double? Average { get; internal init; }

    /// <summary>In half of the covered time, no more licenses were in use.</summary>
    public int? Median { get; internal init; }

    /// <summary>In 95 % of the covered time, no more licenses were in use.</summary>
    public int? P95 { get; internal init; }

    /// <summary>In 99 % of the covered time, no more licenses were in use.</summary>
    public int? P99 { get; internal init; }

    /// <summary>Share of the covered time in which no license was free, 0 to 1.</summary>
    public double? ShareAtLimit { get; internal init; }

    /// <summary>Licenses issued, at the end of the time; null if they are not counted or unknown.</summary>
    public int? Issued { get; internal init; }

    /// <summary>Requests that were denied; a user's further tries within the denial window are the same request.</summary>
    public int? DenialCount { get; internal init; }

    /// <summary>Different users who held licenses.</summary>
    public int? UserCount { get; internal init; }

    /// <summary>The longest time that a checkout was held, also of one that still is.</summary>
    public TimeSpan? LongestCheckout { get; internal init; }

    /// <summary>Median of the times that returned checkouts were held.</summary>
    public TimeSpan? MedianCheckout { get; internal init; }

    /// <summary>Returned checkouts that were held for less than a minute.</summary>
    public int? ShortCheckoutCount { get; internal init; }

    /// <summary>License-hours in use overnight.</summary>
    public double? IdleHours { get; internal init; }

    /// <summary>The smallest number of licenses with which nobody would have waited in 95 % of the covered time.</summary>
    public int? NeededFor95 { get; internal init; }

    /// <summary>The smallest number of licenses with which nobody would have waited in 99 % of the covered time.</summary>
    public int? NeededFor99 { get; internal init; }

    /// <summary>The smallest number of licenses with which nobody would have waited at any time.</summary>
    public int? NeededForAll { get; internal init; }

    /// <summary>Beginning of the time.</summary>
    public DateTimeOffset From { get; internal init; }

    /// <summary>End of the time.</summary>
    public DateTimeOffset To { get; internal init; }

    /// <summary>Share of the time between <see cref="From"/> and <see cref="To"/> that the record covers, 0 to 1.</summary>
    public double Coverage { get; internal init; }

    /// <summary>Why numbers are null or uncertain.</summary>
    public IReadOnlyList<string> Notes { get; internal init => field = value.ToIndexable(); } = ResultCollection<string>.None;

    /// <summary>The record in one line.</summary>
    /// <returns>For example <c>MATLAB: peak 9 of 10, 8 needed for 99 %</c>.</returns>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: peak {1} of {2}, {3} needed for 99 %",
        Feature,
        Peak?.ToString(CultureInfo.InvariantCulture) ?? "?",
        Issued?.ToString(CultureInfo.InvariantCulture) ?? "?",
        NeededFor99?.ToString(CultureInfo.InvariantCulture) ?? "?");
}
