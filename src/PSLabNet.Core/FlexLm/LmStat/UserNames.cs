using System.Collections.Generic;
using System.Runtime.CompilerServices;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>
/// Splits <c>user host display</c>. Only blanks separate them. Users and displays may contain blanks too; hosts do not. If
/// the words alone do not show the host, the hosts and users of other lines decide. Otherwise the blanks are assumed to
/// belong to the user.
/// </summary>
internal sealed class UserNames
{
    // Borrowed through trusted storage: in the position of a user.
    private const string Activated = "ACTIVATED LICENSE(S)";
    private const int MostWords = 64;

    private readonly HashSet<string> hosts = new(System.StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> users = new(System.StringComparer.OrdinalIgnoreCase);
    private readonly StringCache strings;
    private readonly int[] starts = new int[MostWords];
    private readonly int[] ends = new int[MostWords];

    public UserNames(StringCache strings) => this.strings = strings;

    /// <summary>Splits words that show the host by themselves; false if other lines are needed.</summary>
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

        // A display in the host's position: the host is missing.
        if (count >= 3 && HostWord.BeginsDisplay(Word(who, 1)))
        {
            name = new UserName(Word(who, 0), default, who.From(starts[1]));
            return true;
        }

        switch (count)
        {
            case 0 or 1:
                name = new UserName(who, default, default);
                return true;
            case 2:
                TextSlice second = Word(who, 1);
                name = HostWord.IsDisplay(second)
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

    /// <summary>Remembers a user and a host that are certain.</summary>
    public void Learn(string user, string host)
    {
        users.Add(user);
        hosts.Add(host);
    }

    /// <summary>Splits words with the help of the hosts and users of other lines.</summary>
    /// <param name="who">The words.</param>
    /// <param name="name">The parts.</param>
    /// <returns>False if the result is a guess.</returns>
    public bool TryPartWithOthers(TextSlice who, out UserName name)
    {
        int count = Split(who);
        int found = 0;
        for (int word = 1; word < count - 1; word++)
        {
            if (hosts.Contains(strings.Get(Word(who, word))))
            {
                // Two candidates are ambiguous.
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

        name = At(who, GuessHost(who, count), count);
        return false;
    }

    // Hosts contain letters, digits and few other characters; displays contain anything, some are even encrypted.
    private int GuessHost(TextSlice who, int count)
    {
        // Ansys again, with a node that has a second name: user, host, second name, process.
        const int WordsWithProcess = 4;
        if (count == WordsWithProcess && HostWord.IsNumber(Word(who, 3)) && HostWord.IsHost(Word(who, 1)) && HostWord.IsHost(Word(who, 2)))
        {
            return 1;
        }

        int host = count - 2;
        while (host > 1 && !HostWord.IsHost(Word(who, host)))
        {
            host--;
        }

        return HostWord.IsHost(Word(who, host)) ? host : count - 2;
    }

    private bool TryPartMany(TextSlice who, int count, out UserName name)
    {
        name = At(who, count - 2, count);
        if (count == MostWords)
        {
            return false;
        }

        // A display of several words. The first word shows where it begins.
        int display = FindDisplay(who, count);
        if (display > 0)
        {
            int again = FindNamedAgain(who, display);
            name = At(who, again > 0 ? again : display - 1, count);
            return true;
        }

        // Windows: the display is the host, perhaps followed by the number of a session.
        if (HostWord.StartsWithIgnoringCase(Word(who, count - 1), Word(who, count - 2)))
        {
            return true;
        }

        int host = FindNamedAgain(who, count - 2);
        if (host > 0)
        {
            name = At(who, host, count);
            return true;
        }

        return HostWord.IsDisplay(Word(who, count - 1));
    }

    // Zero if there is none. The display follows a user and a host.
    private int FindDisplay(TextSlice who, int count)
    {
        for (int word = 2; word < count; word++)
        {
            if (HostWord.BeginsDisplay(Word(who, word)))
            {
                return word;
            }
        }

        return 0;
    }

    // A display of several words that begins with the host's full name, as Ansys writes it: "alice ws1 ws1.example.com
    // 4711". Zero if there is none, or more than one.
    private int FindNamedAgain(TextSlice who, int end)
    {
        int host = 0;
        for (int word = 1; word < end; word++)
        {
            TextSlice name = Word(who, word);
            TextSlice next = Word(who, word + 1);
            if (HostWord.NamesAgain(next, name) || HostWord.HaveSameLabel(next, name))
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

    private UserName At(TextSlice who, int host, int count) =>
        new(who.Part(0, ends[host - 1]), Word(who, host), who.From(starts[host + 1 < count ? host + 1 : host]));

    private TextSlice Word(TextSlice who, int index) => who.Part(starts[index], ends[index] - starts[index]);

    // Words after the maximum number belong to the last word.
    [MethodImpl(HotPath.Optimized)]
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
