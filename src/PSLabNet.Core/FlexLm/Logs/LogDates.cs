using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>Finds the dates in a log: in TIMESTAMP lines, and in lines of its head.</summary>
internal static class LogDates
{
    private const string Timestamp = "TIMESTAMP ";

    // Server's System Date and Time: Wed Jul 18 2018 08:49:38 -05; Start-Date: ...; Reread time: ...
    private static readonly string[] LongMarks = ["Time: ", "time: ", "Start-Date: "];

    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(60);

    /// <summary>Finds the date in a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="clock">
    /// The line's clock time. The statistics (SLOG) also contain times of earlier requests: only a time that equals the
    /// clock time is the line's own.
    /// </param>
    /// <param name="date">The date.</param>
    public static bool TryRead(TextSlice message, FlexLmLogKind kind, TimeSpan clock, out DateTime date)
    {
        date = default;
        return kind switch
        {
            FlexLmLogKind.Timestamp => TryShort(message.From(Timestamp.Length).Trim(), out date),
            FlexLmLogKind.Started => TryStarted(message, out date),
            FlexLmLogKind.Other => TryLong(message, clock, out date),
            _ => false,
        };
    }

    // ... started on HOST (linux) (7/18/2018)
    private static bool TryStarted(TextSlice message, out DateTime date)
    {
        int open = message.LastIndexOf('(');
        date = default;
        return open > 0 && message[message.Length - 1] == ')' && TryShort(message.Part(open + 1, message.Length - open - 2), out date);
    }

    private static bool TryShort(TextSlice text, out DateTime date)
    {
        int end = text.IndexOf(' ');
        date = default;
        return LocalTime.TryMonthAndDay(end < 0 ? text : text.Part(0, end), out int year, out int month, out int day)
            && LocalTime.TryDate(year, month, day, out date);
    }

    private static bool TryLong(TextSlice message, TimeSpan clock, out DateTime date)
    {
        foreach (string mark in LongMarks)
        {
            int place = message.IndexOf(mark);
            if (place >= 0 && TryWords(message.From(place + mark.Length).Trim(), clock, out date))
            {
                return true;
            }
        }

        date = default;
        return false;
    }

    // Wed Jul 18 2018 08:49:38 ...
    private static bool TryWords(TextSlice text, TimeSpan clock, out DateTime date)
    {
        date = default;
        return TryWord(ref text, out TextSlice weekday) && LocalTime.DayOf(weekday) is not null
            && TryWord(ref text, out TextSlice month) && LocalTime.MonthOf(month) > 0
            && TryWord(ref text, out TextSlice day) && day.TryNumber(out int dayNumber)
            && TryWord(ref text, out TextSlice year) && year.TryNumber(out int yearNumber)
            && TryWord(ref text, out TextSlice time) && LocalTime.TryClock(time, out TimeSpan said)
            && (said - clock).Duration() <= Agreement
            && LocalTime.TryDate(yearNumber, LocalTime.MonthOf(month), dayNumber, out date);
    }

    private static bool TryWord(ref TextSlice text, out TextSlice word)
    {
        int blank = text.IndexOf(' ');
        word = blank < 0 ? text : text.Part(0, blank);
        text = blank < 0 ? default : text.From(blank + 1).Trim();
        return !word.IsEmpty;
    }
}
