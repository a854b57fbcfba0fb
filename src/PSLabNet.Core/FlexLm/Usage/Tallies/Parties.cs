using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>The keys of the party that a row is about; those that were not asked for are null.</summary>
internal readonly record struct PartyKey(string? User, string? HostName, string? Group);

/// <summary>Numbers for users on hosts, so that a history keeps one number and not two texts.</summary>
internal sealed class Parties(UsageOptions options)
{
    /// <summary>Stands for all parties together.</summary>
    public const int All = -1;

    private static readonly string?[] NoGroup = [null];

    private readonly Dictionary<(string User, string Host), int> numbers = [];
    private readonly List<(int User, int[] Rows)> known = [];
    private readonly Dictionary<string, int> users = new(StringComparer.Ordinal);
    private readonly Dictionary<PartyKey, int> rowNumbers = [];
    private readonly List<PartyKey> rows = [];

    /// <summary>The number of a user on a host.</summary>
    public int NumberOf(string user, string host)
    {
        if (numbers.TryGetValue((user, host), out int number))
        {
            return number;
        }

        number = known.Count;
        numbers.Add((user, host), number);
        known.Add((UserNumber(user), options.HasParties ? RowsFor(user, host) : []));
        return number;
    }

    /// <summary>The number of the user of a party, whatever the host.</summary>
    public int UserOf(int party) => known[party].User;

    /// <summary>The rows that a party counts in: several if it is in several groups, none if use is not measured by party.</summary>
    public IReadOnlyList<int> RowsOf(int party) => known[party].Rows;

    /// <summary>The keys of a row.</summary>
    public PartyKey KeyOf(int row) => row == All ? default : rows[row];

    private int UserNumber(string user)
    {
        if (!users.TryGetValue(user, out int number))
        {
            number = users.Count;
            users.Add(user, number);
        }

        return number;
    }

    private int[] RowsFor(string user, string host)
    {
        IEnumerable<string?> groups = NoGroup;
        if (options.Has(FlexLmUsageKey.Group))
        {
            groups = options.Groups.Of(user, host);
        }

        return [.. groups.Select(group => RowNumber(new PartyKey(
            options.Has(FlexLmUsageKey.User) ? user : null,
            options.Has(FlexLmUsageKey.HostName) ? host : null,
            group)))];
    }

    private int RowNumber(PartyKey key)
    {
        if (!rowNumbers.TryGetValue(key, out int number))
        {
            number = rows.Count;
            rowNumbers.Add(key, number);
            rows.Add(key);
        }

        return number;
    }
}
