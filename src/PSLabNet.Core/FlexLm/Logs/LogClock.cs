using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Dates the clock times of a log. Midnight has passed where a clock time of the late evening is followed by one of the
/// early morning. Every other clock time that goes back is of the same day: daemons that share a log write a moment late, an
/// administrator or a time service sets the clock back, and one hour comes twice when summer time ends.
/// </summary>
internal sealed class LogClock
{
    // No daemon's lines are known to be late by more; and lmgrd writes the date often enough (every six hours) that a
    // pause of a day less this is not missed.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(60);

    // lmgrd writes the date every six hours, so a night without any line in it still gets its date from the log.
    private static readonly TimeSpan Evening = TimeSpan.FromHours(22);
    private static readonly TimeSpan Morning = TimeSpan.FromHours(2);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly long Quarter = TimeSpan.FromMinutes(15).Ticks;

    private readonly TimeZoneInfo zone;
    private DateTime date;

    // The latest clock time of the date, and that of the last line, which may be late.
    private TimeSpan clock;
    private TimeSpan last;
    private bool isSecondPass;
    private long offsetQuarter = -1;
    private TimeSpan offset;

    public LogClock(TimeZoneInfo zone, DateTime start, DateOrigin origin)
    {
        this.zone = zone;
        date = start.Date;
        IsDateKnown = origin == DateOrigin.Said;
    }

    public bool IsDateKnown { get; private set; }

    /// <summary>Time of the last line.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Midnights that went by.</summary>
    public int Midnights { get; private set; }

    /// <summary>A line's clock time.</summary>
    public void Tick(TimeSpan time)
    {
        if (time == last && Now != default)
        {
            return;
        }

        last = time;
        DateTime of = date;
        if (clock >= Evening && time <= Morning)
        {
            Midnights++;
            of = date = Clamp(date, 1);
            clock = time;
        }
        else if (time < clock - Lateness)
        {
            NoteRepeatedHour(time);
            clock = time;
        }
        else if (time > clock + Day - Lateness && Now != default)
        {
            // A late line of the day before; the day stays.
            of = Clamp(date, -1);
        }
        else if (time > clock || isSecondPass)
        {
            clock = time;
        }

        Now = At(of + time);
    }

    /// <summary>The date that the line says, whose clock time was told before.</summary>
    public void SetDate(DateTime said)
    {
        date = said.Date;
        IsDateKnown = true;
        offsetQuarter = -1;
        Now = At(date + last);
    }

    /// <summary>A line's time with month and day, of the year that is nearest.</summary>
    public void Set((int Month, int Day) yearless, TimeSpan time)
    {
        date = YearlessDates.Nearest(yearless, date);
        clock = last = time;
        offsetQuarter = -1;
        Now = At(date + time);
    }

    /// <summary>A line's full time.</summary>
    public void Set(DateTime local, TimeSpan? utcOffset)
    {
        if (utcOffset is null && local.Date == date && local.TimeOfDay < clock - Lateness)
        {
            NoteRepeatedHour(local.TimeOfDay);
        }

        date = local.Date;
        clock = last = local.TimeOfDay;
        IsDateKnown = true;
        Now = utcOffset is { } known ? LocalTime.At(local, known) : At(local);
    }

    private static DateTime Clamp(DateTime day, int days) =>
        day.Year is > LocalTime.FirstYear and < LocalTime.LastYear ? day.AddDays(days) : day;

    // Where the zone has the hour twice, a clock that goes back within it is in the second.
    private void NoteRepeatedHour(TimeSpan time)
    {
        if (clock - time > TimeSpan.FromHours(1) + Lateness || isSecondPass)
        {
            return;
        }

        (TimeSpan first, TimeSpan second) = LocalTime.OffsetsOf(zone, date + time);
        if (first != second)
        {
            isSecondPass = true;
            offsetQuarter = -1;
        }
    }

    private DateTimeOffset At(DateTime local)
    {
        long quarter = local.Ticks / Quarter;
        if (quarter != offsetQuarter)
        {
            offsetQuarter = quarter;
            offset = OffsetAt(local);
        }

        return LocalTime.At(local, offset);
    }

    private TimeSpan OffsetAt(DateTime local)
    {
        (TimeSpan first, TimeSpan second) = LocalTime.OffsetsOf(zone, local);
        isSecondPass &= first != second;
        return isSecondPass ? second : first;
    }
}

/// <summary>Where a log's first date is from.</summary>
internal enum DateOrigin
{
    /// <summary>The caller or the log says it.</summary>
    Said,

    /// <summary>It is taken from what follows, or from the file.</summary>
    Inferred,
}
