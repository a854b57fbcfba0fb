using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>Recognizes single words between user and display.</summary>
internal static class HostWord
{
    /// <summary>True for a word of letters, digits and the few other characters that host names contain.</summary>
    public static bool IsHost(TextSlice word)
    {
        for (int at = 0; at < word.Length; at++)
        {
            if (!char.IsLetterOrDigit(word[at]) && word[at] is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for a number.</summary>
    public static bool IsNumber(TextSlice word) => word.TryNumber(out _);

    /// <summary>True for a display of the X Window System, a Unix terminal, or the display that Windows and Java programs write.</summary>
    public static bool IsDisplay(TextSlice word) =>
        word[0] is '/' or ':' || word.IndexOf(':') > 0 || word.StartsWith("pts/") || word.StartsWith("tty")
        || word.Is("console") || word.Is("Console") || word.Is("JavaDisplay");

    /// <summary>
    /// True for a form that only displays have, and no user, host or encrypted display: <c>host:0</c>, <c>:0.0</c>,
    /// <c>/dev/pts/3</c>.
    /// </summary>
    public static bool BeginsDisplay(TextSlice word)
    {
        int colon = word.LastIndexOf(':');
        return colon < 0
            ? word.StartsWith("/dev/") || (word.StartsWith("pts/") && IsNumber(word.From(4)))
            : IsHost(word.Part(0, colon)) && IsScreen(word.From(colon + 1));
    }

    /// <summary>True if a text begins with another one; case is ignored.</summary>
    public static bool StartsWithIgnoringCase(TextSlice text, TextSlice start)
    {
        for (int at = 0; at < start.Length; at++)
        {
            if (at >= text.Length || char.ToUpperInvariant(text[at]) != char.ToUpperInvariant(start[at]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True if a word begins with a host's name, followed by the end or a sign: <c>n7</c>, <c>n7.lan</c>, <c>n7:0</c>.</summary>
    public static bool NamesAgain(TextSlice word, TextSlice host) =>
        StartsWithIgnoringCase(word, host) && (word.Length == host.Length || !char.IsLetterOrDigit(word[host.Length]));

    /// <summary>True for two full names of one host: <c>n7.hpc</c> and <c>n7.lan</c>.</summary>
    public static bool HaveSameLabel(TextSlice one, TextSlice other)
    {
        int dot = one.IndexOf('.');
        return dot > 0 && other.IndexOf('.') == dot && !IsNumber(one.Part(0, dot)) && IsHost(one) && IsHost(other)
            && StartsWithIgnoringCase(other, one.Part(0, dot));
    }

    // 0, or 0.0 with the screen.
    private static bool IsScreen(TextSlice text)
    {
        int dot = text.IndexOf('.');
        return dot < 0 ? IsNumber(text) : IsNumber(text.Part(0, dot)) && IsNumber(text.From(dot + 1));
    }
}
