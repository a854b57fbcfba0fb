using PSLabNet.FlexLm.Fields;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// The line with the state of a vendor daemon. In some versions, the version is on a separate line.
/// <code>
/// MLM: UP v11.19.6
/// MLM: The desired vendor daemon is down. (-97,121)
/// </code>
/// </summary>
internal static class VendorLine
{
    // These words also come before a colon and an error, but are not names of daemons.
    private static readonly string[] OtherWords = ["Error", "ERROR", "Warning", "WARNING", "lmstat", "lmutil", "lmgrd"];

    /// <summary>Reads the line.</summary>
    /// <returns>Null if it is not one.</returns>
    public static FlexLmVendorStatus? TryRead(TextSlice line, string host, string action)
    {
        int colon = line.IndexOf(": ");
        colon = colon < 0 && line[line.Length - 1] == ':' ? line.Length - 1 : colon;
        if (colon <= 0 || !IsName(line.Part(0, colon)))
        {
            return null;
        }

        TextSlice rest = line.From(colon + 1).Trim();
        bool isUp = rest.Is("UP") || rest.StartsWith("UP ");
        if (!isUp && !ErrorNumbers.TryFind(rest, out _) && !rest.StartsWith("DOWN") && !rest.StartsWith("The desired vendor daemon is down"))
        {
            return null;
        }

        return new FlexLmVendorStatus
        {
            Name = PrintableText.Escape(line.Part(0, colon).ToString()),
            HostName = host,
            Status = isUp ? FlexLmState.Up : FlexLmState.Down,
            Version = VersionAtEnd(rest),
            Error = isUp ? null : ErrorNumbers.ToError(rest, action),
        };
    }

    /// <summary>The version at the end of a text; empty if there is none.</summary>
    public static string VersionAtEnd(TextSlice text)
    {
        TextSlice word = text.From(text.LastIndexOf(' ') + 1);
        return IsVersion(word) ? PrintableText.Escape(word.From(1).ToString()) : string.Empty;
    }

    /// <summary>True for a version such as v11.19.6.</summary>
    public static bool IsVersion(TextSlice word)
    {
        if (word.Length < 2 || word[0] != 'v' || word[1] is < '0' or > '9')
        {
            return false;
        }

        for (int at = 1; at < word.Length; at++)
        {
            if (word[at] is not ((>= '0' and <= '9') or '.' or (>= 'a' and <= 'z')))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsName(TextSlice word) =>
        word.IndexOf(' ') < 0 && word.IndexOf('\t') < 0 && !System.Array.Exists(OtherWords, word.Is);
}
