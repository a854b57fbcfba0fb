using System;
using System.Globalization;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Samples;

/// <summary>Times of samples: ISO 8601, in UTC with offset. A month is one of UTC too, so all machines agree on it.</summary>
internal sealed class SampleTime
{
    private const string OurFormat = "yyyy-MM-dd'T'HH:mm:ss'+00:00'";

    // What databases and spreadsheets make of it. Dates such as 03/04/2026 mean two days, and are read in no culture.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm zzz",
    ];

    private string lastText = string.Empty;
    private DateTimeOffset lastTime;

    /// <summary>The time as rows have it.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(OurFormat, CultureInfo.InvariantCulture);

    /// <summary>The month as file names have it.</summary>
    public static string FormatMonth(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Reads a time; one without an offset is in UTC. The samples of one query have the same time, so the last one is kept.</summary>
    public bool TryRead(TextSlice text, out DateTimeOffset time)
    {
        if (lastText.Length > 0 && text.Is(lastText))
        {
            time = lastTime;
            return true;
        }

        string whole = text.ToString();
        if (!DateTimeOffset.TryParseExact(whole, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
        {
            return false;
        }

        time = time.ToUniversalTime();
        lastText = whole;
        lastTime = time;
        return true;
    }
}
