using System;
using System.IO;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Infers the date of the first line of a log: the first date that the log says less the midnights before it. Most logs
/// say it in their first hundred lines; only one that never does is read twice.
/// </summary>
internal static class StartDate
{
    /// <summary>Finds it, and sets the stream back to where it was.</summary>
    public static DateTime Find(Stream stream, TimeZoneInfo zone, DateTime lastWriteUtc)
    {
        long position = stream.Position;
        DateTime found = Find(LineReader.Of(stream), zone, TimeZoneInfo.ConvertTimeFromUtc(lastWriteUtc, zone).Date);
        stream.Position = position;
        return found;
    }

    private static DateTime Find(LineReader lines, TimeZoneInfo zone, DateTime last)
    {
        var clock = new LogClock(zone, last, DateOrigin.Inferred);
        while (lines.TryReadToEnd(out TextSlice text))
        {
            LogLine line = LogLine.Of(text);
            if (!line.HasTime)
            {
                continue;
            }

            if (line.Date is { } date)
            {
                return Before(date, clock.Midnights);
            }

            clock.Tick(line.Clock);
            FlexLmLogKind kind = LogKinds.Of(line.Message, out _, out _);
            if (LogDates.TryRead(line.Message, kind, line.Clock, out DateTime said))
            {
                return Before(said, clock.Midnights);
            }
        }

        return Before(last, clock.Midnights);
    }

    private static DateTime Before(DateTime date, int days) =>
        days < (date - new DateTime(LocalTime.FirstYear, 1, 1)).TotalDays ? date.AddDays(-days) : date;
}
