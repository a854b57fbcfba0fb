using System.Collections.Generic;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>User, host and display of a checkout.</summary>
internal readonly struct UserName
{
    public UserName(TextSlice user, TextSlice host, TextSlice display)
    {
        User = user;
        Host = host;
        Display = display;
    }

    public TextSlice User { get; }

    public TextSlice Host { get; }

    public TextSlice Display { get; }
}

/// <summary>
/// Parts <c>user host display</c>, between which there are only blanks, which users and displays hold too. Hosts do
/// not. What the words by themselves don't tell is decided by hosts and users of other lines of the report, and in the
/// last resort the blanks are taken to be the user's.
/// </summary>
internal sealed class UserNames
{
    // Borrowed by trusted storage: in the place of a user.
    private const string Activated = "ACTIVATED LICENSE(S)";
    private const int MostWords = 64;

    private readonly HashSet<string> hosts = new(System.StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> users = new(System.StringComparer.OrdinalIgnoreCase);
    private readonly StringCache strings;
    private readonly int[] starts = new int[MostWords];
    private readonly int[] ends = new int[MostWords];

    public UserNames(StringCache strings) => this.strings = strings;

    /// <summary>Parts words that tell by themselves; false if other lines have to help.</summary>
    public bool TryPart(TextSlice who, out UserName name)
    {
        bool isActivated = who.StartsWith(Activated);
        int count = Split(isActivated ? who.From(Activated.Length) : who);
        if (isActivated)
        {
            TextSlice rest = who.From(Activated.Length);
            name = count == 0
                ? new UserName(who, default, default)
                : new UserName(who.Part(0, Activated.Length), Word(rest, 0), count == 1 ? default : rest.Part(starts[1], ends[count - 1] - starts[1]));
            return true;
        }

        switch (count)
        {
            case 0 or 1:
                name = new UserName(who, default, default);
                return true;
            case 2:
                TextSlice second = Word(who, 1);
                name = IsDisplay(second)
                    ? new UserName(Word(who, 0), default, second)
                    : new UserName(Word(who, 0), second, default);
                return true;
            case 3:
                name = At(who, 1, 3);
                return true;
            default:
                return TryPartMany(who, count, out name);
        }
    }

    /// <summary>Tells of a user whose parts are certain.</summary>
    public void Learn(string user, string host)
    {
        users.Add(user);
        hosts.Add(host);
    }

    /// <summary>Parts words with the help of the hosts and users that other lines name.</summary>
    /// <param name="who">The words.</param>
    /// <param name="name">The parts.</param>
    /// <returns>False if nothing but the rule of last resort decided.</returns>
    public bool TryPartWithOthers(TextSlice who, out UserName name)
    {
        int count = Split(who);
        int found = 0;
        for (int word = 1; word < count - 1; word++)
        {
            if (hosts.Contains(strings.Get(Word(who, word))))
            {
                // Two of them leave it open.
                found = found == 0 ? word : -1;
            }
        }

        if (found > 0)
        {
            name = At(who, found, count);
            return true;
        }

        if (users.Contains(strings.Get(Word(who, 0))))
        {
            name = At(who, 1, count);
            return true;
        }

        // Hosts hold letters, digits and few others; displays hold anything, some are even encrypted.
        int host = count - 2;
        while (host > 1 && !IsHost(Word(who, host)))
        {
            host--;
        }

        name = At(who, IsHost(Word(who, host)) ? host : count - 2, count);
        return false;
    }

    private static bool IsHost(TextSlice word)
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

    // DISPLAY of the X Window System, a terminal of Unix, or what Windows and Java programs say.
    private static bool IsDisplay(TextSlice word) =>
        word[0] is '/' or ':' || word.IndexOf(':') > 0 || word.StartsWith("pts/") || word.StartsWith("tty")
        || word.Is("console") || word.Is("Console") || word.Is("JavaDisplay");

    private bool TryPartMany(TextSlice who, int count, out UserName name)
    {
        TextSlice last = Word(who, count - 1);
        TextSlice beforeLast = Word(who, count - 2);
        name = At(who, count - 2, count);
        if (count == MostWords)
        {
            return false;
        }

        if (StartsWithIgnoringCase(last, beforeLast))
        {
            return true;
        }

        int host = FindNamedAgain(who, count);
        if (host > 0)
        {
            name = At(who, host, count);
            return true;
        }

        return IsDisplay(last);
    }

    // A display of several words that begins with the host's full name, as of Ansys: "alice ws1 ws1.example.com 4711". Zero if
    // there is none, or more than one.
    private int FindNamedAgain(TextSlice who, int count)
    {
        int host = 0;
        for (int word = 1; word < count - 2; word++)
        {
            TextSlice name = Word(who, word);
            TextSlice next = Word(who, word + 1);
            if (StartsWithIgnoringCase(next, name) && (next.Length == name.Length || !char.IsLetterOrDigit(next[name.Length])))
            {
                if (host > 0)
                {
                    return 0;
                }

                host = word;
            }
        }

        return host;
    }

    // Windows: the display is the host, perhaps with a number of a session behind it.
    private static bool StartsWithIgnoringCase(TextSlice text, TextSlice start)
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

    private UserName At(TextSlice who, int host, int count) =>
        new(who.Part(0, ends[host - 1]), Word(who, host), who.From(starts[host + 1 < count ? host + 1 : host]));

    private TextSlice Word(TextSlice who, int index) => who.Part(starts[index], ends[index] - starts[index]);

    // Words behind the most that are looked at belong to the last.
    private int Split(TextSlice who)
    {
        int count = 0;
        int at = 0;
        while (true)
        {
            while (at < who.Length && who[at] is ' ' or '\t')
            {
                at++;
            }

            if (at == who.Length)
            {
                return count;
            }

            starts[count] = at;
            while (at < who.Length && (count == MostWords - 1 || who[at] is not (' ' or '\t')))
            {
                at++;
            }

            ends[count++] = at;
        }
    }
}
