using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Finds years for the dates of FLEXlm 3, which writes only month and day: a date that goes back by half a year is in the
/// next year.
/// </summary>
internal struct YearlessDates
{
    private const int HalfYear = 183;
    private const int DaysOfMonth = 31;

    private (int Month, int Day) first;
    private (int Month, int Day) last;
    private int years;

    public readonly bool IsEmpty => first.Month == 0;

    /// <summary>The date in the year that is nearest to another date.</summary>
    public static DateTime Nearest((int Month, int Day) date, DateTime to)
    {
        DateTime nearest = to;
        TimeSpan distance = TimeSpan.MaxValue;
        for (int year = to.Year - LocalTime.LongestLeapGap; year <= to.Year + LocalTime.LongestLeapGap; year++)
        {
            if (LocalTime.TryDate(year, date.Month, date.Day, out DateTime candidate) && (candidate - to).Duration() < distance)
            {
                nearest = candidate;
                distance = (candidate - to).Duration();
            }
        }

        return nearest;
    }

    /// <summary>Counts the years that pass while the dates of a log are read.</summary>
    public void Add((int Month, int Day) date)
    {
        first = IsEmpty ? date : first;
        years += last.Month > 0 && Place(last) - Place(date) > HalfYear ? 1 : 0;
        last = date;
    }

    /// <summary>The first date of a log whose last date is not after a given day.</summary>
    public readonly DateTime FirstBefore(DateTime day)
    {
        // Clocks differ: a log may contain a time a little after the time of its file.
        DateTime end = Latest(last, day.AddDays(1), day);
        return Latest(first, new DateTime(Math.Max(end.Year - years, LocalTime.FirstYear), first.Month, 1).AddMonths(1), end);
    }

    private static DateTime Latest((int Month, int Day) date, DateTime end, DateTime otherwise)
    {
        for (int year = end.Year; year >= end.Year - LocalTime.LongestLeapGap; year--)
        {
            if (LocalTime.TryDate(year, date.Month, date.Day, out DateTime found) && found <= end)
            {
                return found;
            }
        }

        return otherwise;
    }

    private static int Place((int Month, int Day) date) => (date.Month * DaysOfMonth) + date.Day;
}
