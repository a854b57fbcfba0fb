using System;

namespace PSLabNet.Text;

/// <summary>Local times in a zone, for texts without an offset.</summary>
internal static class LocalTime
{
    /// <summary>First year accepted in a report or log. The last one is <see cref="LastYear"/>, the last year of .NET.</summary>
    public const int FirstYear = 1980;

    public const int LastYear = 9999;

    /// <summary>A year that has every day.</summary>
    public const int LeapYear = 2000;

    /// <summary>Maximum number of years between two leap years, around 1900 and 2100.</summary>
    public const int LongestLeapGap = 8;

    /// <summary>Number of characters of an ISO 8601 date.</summary>
    public const int IsoDateLength = 10;

    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const string Days = "SunMonTueWedThuFriSat";
    private const int NameLength = 3;

    /// <summary>A local time with its offset. In the hour that repeats in autumn, the second pass.</summary>
    public static DateTimeOffset In(TimeZoneInfo zone, DateTime local) => At(local, OffsetsOf(zone, local).Second);

    /// <summary>A local time at an offset. In the last hours of the year 9999, .NET has no such instant; the offset is then zero.</summary>
    public static DateTimeOffset At(DateTime local, TimeSpan offset)
    {
        bool isInstant = offset >= TimeSpan.Zero || DateTime.MaxValue - local >= -offset;
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), isInstant ? offset : TimeSpan.Zero);
    }

    /// <summary>
    /// The offsets of a local time: two if the clocks were set back over it, otherwise the same one twice. This looks up
    /// only instants. For local times, .NET is wrong in zones whose standard time is the summer time (Europe/Dublin), and in
    /// zones that changed their standard time.
    /// </summary>
    public static (TimeSpan First, TimeSpan Second) OffsetsOf(TimeZoneInfo zone, DateTime local)
    {
        // The first and last possible days have no day before or after, and no clock change.
        if (local.Year is < FirstYear or >= LastYear)
        {
            return (zone.BaseUtcOffset, zone.BaseUtcOffset);
        }

        // Clock changes are months apart, so there is at most one within a day of the time.
        DateTime instant = DateTime.SpecifyKind(local, DateTimeKind.Utc) - zone.BaseUtcOffset;
        TimeSpan before = zone.GetUtcOffset(instant.AddDays(-1));
        TimeSpan after = zone.GetUtcOffset(instant.AddDays(1));
        if (before == after)
        {
            return (before, before);
        }

        bool isBefore = zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc) - before) == before;
        bool isAfter = zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc) - after) == after;

        // Only a clock that was not set forward shows a time that clocks skip in spring.
        return isBefore && isAfter ? (before, after) : isAfter ? (after, after) : (before, before);
    }

    /// <summary>Creates the date; false if the day does not exist.</summary>
    public static bool TryDate(int year, int month, int day, out DateTime date)
    {
        bool isDate = year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = isDate ? new DateTime(year, month, day) : default;
        return isDate;
    }

    /// <summary>Reads <c>yyyy-mm-dd</c>; the day need not exist.</summary>
    public static bool TryIsoDate(TextSlice text, out int year, out int month, out int day)
    {
        year = month = day = 0;
        return text.Length == IsoDateLength && text[4] == '-' && text[7] == '-'
            && text.Part(0, 4).TryNumber(out year) && text.Part(5, 2).TryNumber(out month) && text.Part(8, 2).TryNumber(out day);
    }

    /// <summary>Reads <c>m/d</c> or <c>m/d/y</c>; the year is 0 if there is none.</summary>
    public static bool TryMonthAndDay(TextSlice text, out int year, out int month, out int day)
    {
        year = month = day = 0;
        int first = text.IndexOf('/');
        if (first <= 0 || !text.Part(0, first).TryNumber(out month))
        {
            return false;
        }

        int second = text.IndexOf('/', first + 1);
        int dayEnd = second < 0 ? text.Length : second;
        return text.Part(first + 1, dayEnd - first - 1).TryNumber(out day)
            && (second < 0 || (text.From(second + 1).TryNumber(out year) && year > 0));
    }

    /// <summary>Reads <c>h:mm</c> or <c>h:mm:ss</c>.</summary>
    public static bool TryClock(TextSlice text, out TimeSpan clock)
    {
        clock = default;
        int first = text.IndexOf(':');
        if (first is < 1 or > 2 || !text.Part(0, first).TryNumber(out int hour) || hour > 23)
        {
            return false;
        }

        int second = text.IndexOf(':', first + 1);
        int minuteEnd = second < 0 ? text.Length : second;
        int seconds = 0;
        if (minuteEnd - first != 3 || !text.Part(first + 1, 2).TryNumber(out int minute) || minute > 59
            || (second >= 0 && (text.Length - second != 3 || !text.From(second + 1).TryNumber(out seconds) || seconds > 60)))
        {
            return false;
        }

        // A leap second counts as the one before it.
        clock = new TimeSpan(hour, minute, Math.Min(seconds, 59));
        return true;
    }

    /// <summary>The month of an English abbreviation, 1 to 12; 0 if the text is not a month.</summary>
    public static int MonthOf(TextSlice name) => PlaceIn(Months, name) + 1;

    /// <summary>The weekday of an English abbreviation; null if the text is not a weekday.</summary>
    public static DayOfWeek? DayOf(TextSlice name) => PlaceIn(Days, name) is >= 0 and int place ? (DayOfWeek)place : null;

    private static int PlaceIn(string names, TextSlice name)
    {
        for (int at = 0; name.Length == NameLength && at < names.Length; at += NameLength)
        {
            if ((name[0] | 0x20) == (names[at] | 0x20) && (name[1] | 0x20) == (names[at + 1] | 0x20) && (name[2] | 0x20) == (names[at + 2] | 0x20))
            {
                return at / NameLength;
            }
        }

        return -1;
    }
}
