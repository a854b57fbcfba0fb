using System;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Finds where the daemon's own line begins after the prefix of a log collector. There may be several prefixes:
/// <code>
/// licenses_1  | 14:25:00 (MLM) ...                              docker compose
/// 2024-03-04T14:25:00.123456789Z 14:25:00 (MLM) ...             docker logs --timestamps
/// [pod/lic-0/lmgrd] 14:25:00 (MLM) ...                          kubectl logs --prefix
/// Mar 04 14:25:00 lic1 lmgrd[1234]: 14:25:00 (MLM) ...          journalctl, syslog (RFC 3164)
/// Mon 2024-03-04 14:25:00 CET lic1 lmgrd[1234]: 14:25:00 (MLM)  journalctl --output=short-full
/// 1709558700.123456 lic1 lmgrd[1234]: 14:25:00 (MLM) ...        journalctl --output=short-unix
/// &lt;13&gt;1 2024-03-04T14:25:00Z lic1 lmgrd 1234 - - 14:25:00 (MLM)  syslog (RFC 5424)
/// </code>
/// </summary>
internal static class LogPrefix
{
    // Names of hosts and containers have at most 255 characters; with a time and a process, the prefix is not longer than
    // this.
    private const int LongestPrefix = 512;

    /// <summary>Finds the line after its prefix.</summary>
    /// <param name="text">The whole line, without surrounding blanks.</param>
    /// <param name="isStamp">True for a text that is a time of a debug log.</param>
    /// <param name="bracket">Position of the opening bracket before the daemon.</param>
    /// <returns>Where the line begins; -1 if there is no prefix.</returns>
    public static int Find(TextSlice text, Func<TextSlice, bool> isStamp, out int bracket)
    {
        for (bracket = text.IndexOf(" (") + 1; bracket > 0 && bracket <= LongestPrefix; bracket = text.IndexOf(" (", bracket) + 1)
        {
            TextSlice before = text.Part(0, bracket).TrimEnd();
            int stamp = LastWord(before);
            if (stamp <= 0 || !isStamp(before.From(stamp)))
            {
                continue;
            }

            // With -datestamp, the date may be a separate word.
            TextSlice prefix = before.Part(0, stamp).TrimEnd();
            int date = LastWord(prefix);
            if (IsDate(prefix.From(date)) && isStamp(before.From(date)))
            {
                stamp = date;
                prefix = before.Part(0, stamp).TrimEnd();
            }

            if (prefix.IsEmpty || IsPrefix(prefix))
            {
                return stamp;
            }
        }

        return -1;
    }

    private static bool IsPrefix(TextSlice prefix)
    {
        TextSlice word = prefix.From(LastWord(prefix));
        char last = prefix[prefix.Length - 1];
        return last switch
        {
            '|' => true,
            ']' => prefix[0] is '[' or '<' || IsSyslog(prefix),
            '-' => prefix[0] == '<' || IsSyslog(prefix),
            ':' => BeginsWithTime(prefix) || word.EndsWith("]:"),
            _ => IsIsoTime(word),
        };
    }

    // The header of RFC 5424 begins with the version. The priority before it is often removed.
    private static bool IsSyslog(TextSlice prefix) => prefix.StartsWith("1 ") && IsIsoTime(prefix.From(2));

    private static bool BeginsWithTime(TextSlice prefix)
    {
        const int NameLength = 3;
        return prefix[0] is '<' or '[' or (>= '0' and <= '9')
            || (prefix.Length > NameLength && prefix[NameLength] == ' '
                && (LocalTime.MonthOf(prefix.Part(0, NameLength)) > 0 || LocalTime.DayOf(prefix.Part(0, NameLength)) is not null));
    }

    private static bool IsIsoTime(TextSlice word)
    {
        const int DateLength = LocalTime.IsoDateLength;
        return word.Length > DateLength && word[DateLength] == 'T' && IsDate(word.Part(0, DateLength));
    }

    private static bool IsDate(TextSlice word) => LocalTime.TryIsoDate(word, out _, out _, out _);

    private static int LastWord(TextSlice text) => text.LastIndexOf(' ') + 1;
}
