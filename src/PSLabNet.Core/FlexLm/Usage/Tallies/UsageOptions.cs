using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>How use is measured.</summary>
internal sealed record UsageOptions
{
    /// <summary>A year. A daemon writes the date several times a day, so a longer silence is a wrong clock or a lost log.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(366);

    /// <summary>The keys, besides the feature.</summary>
    public IReadOnlyCollection<FlexLmUsageKey> By { get; init; } = [FlexLmUsageKey.Feature, FlexLmUsageKey.Pool];

    /// <summary>Denials of one user and feature that follow each other within this time are one request.</summary>
    public TimeSpan DenialWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When the night begins, in local time.</summary>
    public TimeSpan NightFrom { get; init; } = TimeSpan.FromHours(20);

    /// <summary>When the night ends, in local time; the next day, if it is not after the beginning.</summary>
    public TimeSpan NightTo { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The time zone of hours, days and nights.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Who is in which group.</summary>
    public GroupMembers Groups { get; init; } = GroupMembers.None;

    /// <summary>True to measure the average of each hour of the week too.</summary>
    public bool HasWeek { get; init; }

    /// <summary>True if use is measured by user, host or group.</summary>
    public bool HasParties => Has(FlexLmUsageKey.User) || Has(FlexLmUsageKey.HostName) || Has(FlexLmUsageKey.Group);

    /// <summary>True if use is measured by hour, day, weekday or month.</summary>
    public bool HasCalendar => Has(FlexLmUsageKey.Hour) || Has(FlexLmUsageKey.Day) || Has(FlexLmUsageKey.Weekday) || Has(FlexLmUsageKey.Month);

    /// <summary>True if use is measured by a key.</summary>
    public bool Has(FlexLmUsageKey key) => By.Contains(key);
}
