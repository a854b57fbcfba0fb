using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Adds dates to the clock times of a log. If a clock time of the late evening is followed by one of the early morning,
/// midnight has passed. Every other clock time that goes back belongs to the same day: daemons that share a log write a
/// moment late, an administrator or a time service sets the clock back, and one hour repeats when summer time ends.
/// </summary>
internal sealed class LogClock
{
    // No daemon is known to write its lines later than this. lmgrd writes the date every six hours, so a pause of one day
    // minus this time is still detected.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(60);

    // lmgrd writes the date every six hours, so the log itself dates a night without any other line.
    private static readonly TimeSpan Evening = TimeSpan.FromHours(22);
    private static readonly TimeSpan Morning = TimeSpan.FromHours(2);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly long Quarter = TimeSpan.FromMinutes(15).Ticks;

    private readonly TimeZoneInfo zone;
    private DateTime date;

    // The latest clock time of the date, and the clock time of the last line, which may be late.
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

    /// <summary>Number of midnights that have passed.</summary>
    public int Midnights { get; private set; }

    /// <summary>Processes a line's clock time.</summary>
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
            // A late line of the previous day; the date does not change.
            of = Clamp(date, -1);
        }
        else if (time > clock || isSecondPass)
        {
            clock = time;
        }

        Now = At(of + time);
    }

    /// <summary>Processes the date in a line. Its clock time was processed before.</summary>
    public void SetDate(DateTime said)
    {
        date = said.Date;
        IsDateKnown = true;
        offsetQuarter = -1;
        Now = At(date + last);
    }

    /// <summary>Processes a line's time with month and day, in the nearest year.</summary>
    public void Set((int Month, int Day) yearless, TimeSpan time)
    {
        date = YearlessDates.Nearest(yearless, date);
        clock = last = time;
        offsetQuarter = -1;
        Now = At(date + time);
    }

    /// <summary>Processes a line's full time.</summary>
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

    // If the zone has this hour twice, a clock time that goes back within it is in the second one.
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

/// <summary>Source of a log's first date.</summary>
internal enum DateOrigin
{
    /// <summary>The caller or the log.</summary>
    Said,

    /// <summary>The lines that follow, or the file.</summary>
    Inferred,
}
