using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// The parts of a line (License Administration Guide, "Debug Log Messages"). The time has one of three forms; a log
/// collector may have written a prefix before it.
/// <code>
/// 14:25:00 (MLM) OUT: "MATLAB" alice@ws1
/// 2024-03-04 14:25:00 (MLM) ...              lmgrd -datestamp, in the forms of ISO 8601
/// 4/19 10:20 (MLM) OUT: MATLAB by alice      FLEXlm 3
/// </code>
/// </summary>
internal struct LogLine
{
    private const int LongestClock = 8;

    private static readonly Func<TextSlice, bool> IsStamp = text => default(LogLine).TryTime(text);

    public bool HasTime { get; private set; }

    public TimeSpan Clock { get; private set; }

    /// <summary>The date of a line written with -datestamp; null if there is none.</summary>
    public DateTime? Date { get; private set; }

    /// <summary>The offset of a line written with -datestamp; null if there is none.</summary>
    public TimeSpan? Offset { get; private set; }

    /// <summary>Month and day of a line of FLEXlm 3, which writes no year; zeros if there are none.</summary>
    public (int Month, int Day) YearlessDate { get; private set; }

    public TextSlice Daemon { get; private set; }

    public TextSlice Message { get; private set; }

    /// <summary>Splits a line. A line of another form becomes a message as a whole.</summary>
    public static LogLine Of(TextSlice raw)
    {
        TextSlice text = raw.Trim();
        if (TryOwn(text, text.IndexOf('('), out LogLine line))
        {
            return line;
        }

        int start = LogPrefix.Find(text, IsStamp, out int bracket);
        return start >= 0 && TryOwn(text.From(start), bracket - start, out line) ? line : new LogLine { Message = text };
    }

    private static bool TryOwn(TextSlice text, int bracket, out LogLine line)
    {
        line = default;
        if (bracket < 1 || text[0] is < '0' or > '9' || text[bracket - 1] != ' ')
        {
            return false;
        }

        int close = text.IndexOf(')', bracket);
        if (close < 0 || !line.TryTime(text.Part(0, bracket).TrimEnd()))
        {
            return false;
        }

        line.HasTime = true;
        line.Daemon = text.Part(bracket + 1, close - bracket - 1);
        line.Message = text.From(close + 1).Trim();
        return true;
    }

    private bool TryTime(TextSlice text)
    {
        if (text.Length <= LongestClock && text.IndexOf('/') < 0)
        {
            return TryClock(text);
        }

        const int DateLength = LocalTime.IsoDateLength;
        return text.Length > DateLength && LocalTime.TryIsoDate(text.Part(0, DateLength), out int year, out int month, out int day)
            ? LocalTime.TryDate(year, month, day, out DateTime date) && TryIsoTime(text.From(DateLength + 1), date)
            : TryYearless(text);
    }

    // 4/19 10:20
    private bool TryYearless(TextSlice text)
    {
        int blank = text.IndexOf(' ');
        if (blank < 0 || !LocalTime.TryMonthAndDay(text.Part(0, blank), out int year, out int month, out int day) || year > 0
            || !LocalTime.TryDate(LocalTime.LeapYear, month, day, out _)
            || !LocalTime.TryClock(text.From(blank + 1).Trim(), out TimeSpan clock))
        {
            return false;
        }

        YearlessDate = (month, day);
        Clock = clock;
        return true;
    }

    // h:mm:ss, digit by digit, because every line has it.
    private bool TryClock(TextSlice text)
    {
        int at = text.Length - 6;
        if (at is < 1 or > 2 || text[at] != ':' || text[at + 3] != ':')
        {
            return false;
        }

        int hour = at == 1 ? Digit(text[0]) : Two(text, 0);
        int minute = Two(text, at + 1);
        int second = Two(text, at + 4);
        Clock = new TimeSpan(hour, minute, Math.Min(second, 59));
        return hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and <= 60;
    }

    private static int Digit(char c) => c is >= '0' and <= '9' ? c - '0' : -100;

    private static int Two(TextSlice text, int at) => (Digit(text[at]) * 10) + Digit(text[at + 1]);

    // 08:00:00, 08:00:00Z, 08:00:00.123+01:00, 08:00:00-05
    private bool TryIsoTime(TextSlice text, DateTime date)
    {
        const int ClockLength = 8;
        if (text.Length < ClockLength || !TryClock(text.Part(0, ClockLength)))
        {
            return false;
        }

        Date = date;
        int at = ClockLength;
        if (at < text.Length && text[at] is '.' or ',')
        {
            at++;
            while (at < text.Length && text[at] is >= '0' and <= '9')
            {
                at++;
            }
        }

        TextSlice zone = text.From(at).Trim();
        if (zone.Is("Z"))
        {
            Offset = TimeSpan.Zero;
            return true;
        }

        return zone.IsEmpty || TryOffset(zone);
    }

    private bool TryOffset(TextSlice zone)
    {
        const int MostHours = 14;
        bool hasColon = zone.Length == 6 && zone[3] == ':';
        if (zone[0] is not ('+' or '-') || (zone.Length is not (3 or 5) && !hasColon))
        {
            return false;
        }

        int hours = Two(zone, 1);
        int minutes = zone.Length == 3 ? 0 : Two(zone, zone.Length - 2);
        if (hours < 0 || minutes is < 0 or > 59 || (hours * 60) + minutes > MostHours * 60)
        {
            return false;
        }

        var amount = new TimeSpan(hours, minutes, 0);
        Offset = zone[0] == '-' ? -amount : amount;
        return true;
    }
}
