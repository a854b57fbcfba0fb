using System;

namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>
/// Splits time at the hours, days and nights of a time zone. Each span is the time from one boundary, or one change of the
/// clocks, to the next; so an hour that repeats in autumn counts twice, and one that is skipped in spring not at all.
/// </summary>
internal sealed class LocalCalendar(UsageOptions options)
{
    private readonly bool hasHours = options.Has(FlexLmUsageKey.Hour) || options.HasWeek;
    private readonly bool hasDays = options.HasCalendar || options.HasWeek;

    // Times come mostly in order. Looking up an offset is slow.
    private CalendarSpan current = new(0, 0, default, false, 0);

    /// <summary>The span that contains a time, from that time on.</summary>
    public CalendarSpan At(long utcTicks)
    {
        if (utcTicks < current.From || utcTicks >= current.To)
        {
            current = Find(utcTicks);
        }

        return current;
    }

    private CalendarSpan Find(long ticks)
    {
        TimeSpan offset = OffsetAt(ticks);

        // .NET has no local time in the first and last hours of its calendar.
        long clock = ticks + offset.Ticks;
        var local = new DateTime(Math.Min(Math.Max(clock, 0), DateTime.MaxValue.Ticks));
        if (clock != local.Ticks)
        {
            return new CalendarSpan(ticks, clock < 0 ? -offset.Ticks : long.MaxValue, KeyOf(local), IsNight(local.TimeOfDay), ((int)local.DayOfWeek * 24) + local.Hour);
        }

        long end = Math.Min(ticks + TicksToBoundary(local), DateTime.MaxValue.Ticks);
        end = end <= ticks ? long.MaxValue : OffsetAt(end - 1) == offset ? end : ClockChange(ticks, end - 1, offset);
        return new CalendarSpan(ticks, end, KeyOf(local), IsNight(local.TimeOfDay), ((int)local.DayOfWeek * 24) + local.Hour);
    }

    private TimeSpan OffsetAt(long ticks) => options.TimeZone.GetUtcOffset(new DateTime(ticks, DateTimeKind.Utc));

    // The first time after the change. Changes are months apart, so there is one.
    private long ClockChange(long before, long after, TimeSpan offset)
    {
        while (after - before > 1)
        {
            long middle = before + ((after - before) / 2);
            if (OffsetAt(middle) == offset)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return after;
    }

    private long TicksToBoundary(DateTime local)
    {
        long clock = local.TimeOfDay.Ticks;
        long next = hasHours ? TimeSpan.TicksPerHour - (clock % TimeSpan.TicksPerHour) : TimeSpan.TicksPerDay;
        next = Math.Min(next, hasDays ? TimeSpan.TicksPerDay - clock : TimeSpan.TicksPerDay);
        return Math.Min(next, Math.Min(Until(options.NightFrom, clock), Until(options.NightTo, clock)));
    }

    private static long Until(TimeSpan boundary, long clock) =>
        boundary.Ticks > clock ? boundary.Ticks - clock : boundary.Ticks - clock + TimeSpan.TicksPerDay;

    private bool IsNight(TimeSpan clock) => options.NightFrom < options.NightTo
        ? clock >= options.NightFrom && clock < options.NightTo
        : clock >= options.NightFrom || clock < options.NightTo;

    private CalendarKey KeyOf(DateTime local) => new(
        options.Has(FlexLmUsageKey.Hour) ? local.Hour : null,
        options.Has(FlexLmUsageKey.Day) ? local.Date : null,
        options.Has(FlexLmUsageKey.Weekday) ? local.DayOfWeek : null,
        options.Has(FlexLmUsageKey.Month) ? new DateTime(local.Year, local.Month, 1) : null);
}
