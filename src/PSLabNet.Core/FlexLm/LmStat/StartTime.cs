using System;
using System.Collections.Generic;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Reads <c>Mon 2/10 0:10</c>, which has no year: the latest year in which that day is not after the report. If the weekday
/// fits one of the two years before it, that year is used. A time after the report's by less than a day counts as the
/// report's day if the weekday agrees: the clocks differ. 29 February is in the last leap year.
/// </summary>
internal sealed class StartTime
{
    // No licenses are known to be held for longer. With every further year, a wrong weekday would fit by chance.
    private const int OlderYears = 2;

    private static readonly TimeSpan ClockDifference = TimeSpan.FromDays(1);

    private readonly DateTime report;
    private readonly DateTimeOffset reportedAt;
    private readonly TimeZoneInfo zone;

    // Reports list many starts on one day. Cached are its date, and its offset if the offset is the same all day.
    private readonly Dictionary<int, (DateTime Date, TimeSpan? Offset)> days = [];

    public StartTime(DateTimeOffset reportedAt, TimeZoneInfo zone)
    {
        // Most reports contain no seconds.
        this.reportedAt = reportedAt.Second == 0 ? reportedAt.AddSeconds(59) : reportedAt;
        report = this.reportedAt.DateTime;
        this.zone = zone;
    }

    /// <summary>Reads a start.</summary>
    /// <returns>Null if the text is not a start.</returns>
    public DateTimeOffset? Read(TextSlice text)
    {
        // FLEXlm before version 6 writes no weekday.
        int first = text.IsEmpty || text[0] is >= '0' and <= '9' ? -1 : text.IndexOf(' ');
        int second = text.IndexOf(' ', first + 1);
        if (second < 0
            || !LocalTime.TryMonthAndDay(text.Part(first + 1, second - first - 1).Trim(), out int year, out int month, out int day)
            || !LocalTime.TryClock(text.From(second + 1).Trim(), out TimeSpan clock))
        {
            return null;
        }

        if (year > 0)
        {
            return LocalTime.TryDate(year, month, day, out DateTime full) ? At(full + clock) : null;
        }

        DayOfWeek? weekday = first < 0 ? null : LocalTime.DayOf(text.Part(0, first));
        if (month > 12 || day > 31)
        {
            return null;
        }

        int key = (((month * 32) + day) * 8) + (int)(weekday ?? (DayOfWeek)7);
        if (days.TryGetValue(key, out (DateTime Date, TimeSpan? Offset) known))
        {
            return known.Offset is { } offset ? new DateTimeOffset(known.Date + clock, offset) : At(known.Date + clock);
        }

        if (FindDate(month, day, clock, weekday) is not { } date)
        {
            return null;
        }

        // Within a day of the report, or of its anniversary, the clock time decides.
        if (Math.Abs(report.DayOfYear - date.DayOfYear) is > 2 and < 363)
        {
            TimeSpan atStart = zone.GetUtcOffset(date);
            days.Add(key, (date, atStart == zone.GetUtcOffset(date.AddDays(1)) ? atStart : null));
        }

        return At(date + clock);
    }

    // In the hour that repeats, a time after the report's is in the first pass, before the clock was set back.
    private DateTimeOffset At(DateTime local)
    {
        DateTimeOffset start = LocalTime.In(zone, local);
        return start > reportedAt ? new DateTimeOffset(local, LocalTime.OffsetsOf(zone, local).First) : start;
    }

    private DateTime? FindDate(int month, int day, TimeSpan clock, DayOfWeek? weekday)
    {
        if (weekday is not null)
        {
            for (int year = report.Year + 1; year >= report.Year; year--)
            {
                if (LocalTime.TryDate(year, month, day, out DateTime ahead) && ahead + clock > report
                    && ahead + clock - report < ClockDifference && ahead.DayOfWeek == weekday)
                {
                    return ahead;
                }
            }
        }

        DateTime? latest = null;
        int olderYears = OlderYears;
        for (int year = report.Year; year >= report.Year - LocalTime.LongestLeapGap - OlderYears; year--)
        {
            if (!LocalTime.TryDate(year, month, day, out DateTime date) || date + clock > report)
            {
                continue;
            }

            if (weekday is null || date.DayOfWeek == weekday)
            {
                return date;
            }

            latest ??= date;
            if (olderYears-- == 0)
            {
                break;
            }
        }

        return latest;
    }
}
