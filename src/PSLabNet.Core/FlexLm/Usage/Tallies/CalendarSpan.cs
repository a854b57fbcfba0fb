using System;
using System.Globalization;

namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>The calendar keys of a time; those that were not asked for are null.</summary>
internal readonly record struct CalendarKey(int? Hour, DateTime? Day, DayOfWeek? Weekday, DateTime? Month)
{
    public string? DayText => Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string? MonthText => Month?.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>A time, in UTC ticks, over which the calendar keys and the offset of the time zone stay the same.</summary>
internal sealed record CalendarSpan(long From, long To, CalendarKey Key, bool IsNight, int HourOfWeek);
