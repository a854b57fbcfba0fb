using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>The members of the groups of options files.</summary>
internal sealed class GroupMembers
{
    private static readonly string[] NoGroup = [string.Empty];

    private readonly Dictionary<string, List<string>> byUser;
    private readonly Dictionary<string, List<string>> byHost;

    /// <summary>Reads the GROUP and HOST_GROUP lines.</summary>
    /// <param name="options">Lines of options files.</param>
    public GroupMembers(IEnumerable<FlexLmOption> options)
    {
        FlexLmOption[] all = [.. options];
        bool ignoresCase = all.Any(option => option.Keyword == "GROUPCASEINSENSITIVE" && string.Equals(option.Value, "ON", StringComparison.OrdinalIgnoreCase));
        byUser = GroupsByMember(all, "GROUP", ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

        // Names of hosts are compared in any case, as name services do.
        byHost = GroupsByMember(all, "HOST_GROUP", StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Nobody is in a group.</summary>
    public static GroupMembers None { get; } = new([]);

    /// <summary>True if no line defines a group.</summary>
    public bool IsEmpty => byUser.Count == 0 && byHost.Count == 0;

    /// <summary>The groups of a user and a host; one empty name if there is none.</summary>
    public IReadOnlyList<string> Of(string user, string host)
    {
        string[] groups = [.. Find(byUser, user).Concat(Find(byHost, host)).Distinct(StringComparer.Ordinal)];
        return groups.Length == 0 ? NoGroup : groups;
    }

    private static List<string> Find(Dictionary<string, List<string>> groups, string name) => groups.TryGetValue(name, out List<string>? found) ? found : [];

    private static Dictionary<string, List<string>> GroupsByMember(FlexLmOption[] options, string keyword, StringComparer names) =>
        options.Where(option => option.Keyword == keyword)
            .SelectMany(option => option.Names, (option, name) => (name, option.Group))
            .GroupBy(entry => entry.name, entry => entry.Group, names)
            .ToDictionary(entry => entry.Key, entry => entry.ToList(), names);
}
