using System;
using System.Globalization;

namespace PSLabNet.FlexLm.Report;

/// <summary>Times, durations and counts as the page writes them, the same in every culture.</summary>
internal static class ReportText
{
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>A time without its offset, which stands elsewhere.</summary>
    public static string LocalTime(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An offset from UTC, for example <c>+01:00</c>.</summary>
    public static string Offset(TimeSpan offset) => new DateTimeOffset(DateTime.MinValue.AddDays(1), offset).ToString("zzz", CultureInfo.InvariantCulture);

    /// <summary>A time in ISO 8601, for machines.</summary>
    public static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A duration in its two largest units.</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return "–";
        }

        return duration.TotalMinutes < 1 ? Format("{0:0} s", Math.Floor(duration.TotalSeconds))
            : duration.TotalHours < 1 ? Format("{0:0} min", Math.Floor(duration.TotalMinutes))
            : duration.TotalDays < 1 ? Format("{0} h {1} min", duration.Hours, duration.Minutes)
            : Format("{0} d {1} h", duration.Days, duration.Hours);
    }

    public static string Milliseconds(TimeSpan duration) => Format("{0:0} ms", duration.TotalMilliseconds);

    public static string Percent(double percent) =>
        // A feature with one license left must not be shown as full, and one with a single license in use not as unused.
        percent > 99 && percent < 100 ? "99 %" : percent > 0 && percent < 1 ? "1 %" : Format("{0:0} %", percent);

    /// <summary>For example <c>1 feature</c>, <c>2 features</c>.</summary>
    public static string Count(long count, string singular, string? plural = null) =>
        Format("{0} {1}", count, count == 1 ? singular : plural ?? singular + "s");

    /// <summary>How far away a day is, in words.</summary>
    public static string Days(int days) => days switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        < 0 => Format("{0} days ago", -(long)days),
        _ => Format("in {0} days", days),
    };

    private static string Format(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
