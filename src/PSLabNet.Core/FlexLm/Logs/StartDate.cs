using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Infers the date of the first line of a log: the first date in the log minus the midnights before it. Most logs contain a
/// date in their first hundred lines; only a log without any date is read twice.
/// </summary>
internal static class StartDate
{
    /// <summary>Finds the date in the lines of a log.</summary>
    /// <param name="lines">The lines, from the first on.</param>
    /// <param name="zone">The server's time zone.</param>
    /// <param name="lastWriteUtc">Time of the last write to the log.</param>
    public static DateTime Find(LineReader lines, TimeZoneInfo zone, DateTime lastWriteUtc)
    {
        DateTime last = TimeZoneInfo.ConvertTimeFromUtc(lastWriteUtc, zone).Date;
        var clock = new LogClock(zone, last, DateOrigin.Inferred);
        var yearless = default(YearlessDates);
        while (lines.TryReadToEnd(out TextSlice text))
        {
            LogLine line = LogLine.Of(text);
            if (!line.HasTime)
            {
                continue;
            }

            if (line.Date is { } date)
            {
                return First(date, clock, yearless);
            }

            if (line.YearlessDate.Month > 0)
            {
                yearless.Add(line.YearlessDate);
                continue;
            }

            clock.Tick(line.Clock);
            FlexLmLogKind kind = LogKinds.Of(line.Message, out _, out _);
            if (LogDates.TryRead(line.Message, kind, line.Clock, out DateTime said))
            {
                return First(said, clock, yearless);
            }
        }

        return First(last, clock, yearless);
    }

    private static DateTime First(DateTime known, LogClock clock, YearlessDates yearless) =>
        yearless.IsEmpty ? Before(known, clock.Midnights) : yearless.FirstBefore(known);

    private static DateTime Before(DateTime date, int days) =>
        days < (date - new DateTime(LocalTime.FirstYear, 1, 1)).TotalDays ? date.AddDays(-days) : date;
}
