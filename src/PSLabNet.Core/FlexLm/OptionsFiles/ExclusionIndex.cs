using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Finds the lines that exclude those whom another line names, without looking at every line.</summary>
internal sealed class ExclusionIndex
{
    private readonly OptionContext context;
    private readonly Dictionary<Exclusion, List<FlexLmOption>> lines;

    // The first line that excludes a party from anything.
    private readonly Dictionary<Exclusion, FlexLmOption> first;

    // Lines that are for the same licenses and name the same have the same answer. A file can have many of them, with long groups.
    private readonly Dictionary<string, ExcludedParties> known = new(StringComparer.Ordinal);

    public ExclusionIndex(OptionContext context, params string[] keywords)
    {
        this.context = context;
        var comparer = new ExclusionComparer(context.NameComparer);
        lines = new Dictionary<Exclusion, List<FlexLmOption>>(comparer);
        first = new Dictionary<Exclusion, FlexLmOption>(comparer);
        foreach (FlexLmOption option in context.Options.Where(option => keywords.Contains(option.Keyword)))
        {
            foreach ((FlexLmOptionType Type, string Name) party in context.Parties(option))
            {
                var key = new Exclusion(option.Feature, party.Type, party.Name);
                if (!lines.TryGetValue(key, out List<FlexLmOption>? same))
                {
                    lines.Add(key, same = []);
                }

                same.Add(option);
                Exclusion anyFeature = key with { Feature = string.Empty };
                if (!first.ContainsKey(anyFeature))
                {
                    first.Add(anyFeature, option);
                }
            }
        }
    }

    /// <summary>
    /// Those whom an option names and other lines exclude from what it is for. An option without a feature is for all of them; one
    /// without a modifier is for all licenses of its feature.
    /// </summary>
    public ExcludedParties Find(FlexLmOption option)
    {
        string key = $"{option.Target} {option.Type} {string.Join("\n", option.Names)}";
        if (!known.TryGetValue(key, out ExcludedParties? excluded))
        {
            known.Add(key, excluded = new ExcludedParties(context.Parties(option).Select(party => (party.Name, Find(option, party)))));
        }

        return excluded;
    }

    private FlexLmOption? Find(FlexLmOption option, (FlexLmOptionType Type, string Name) party)
    {
        var anyFeature = new Exclusion(string.Empty, party.Type, party.Name);
        return option.Feature.Length > 0 ? FindIn(anyFeature, option) ?? FindIn(anyFeature with { Feature = option.Feature }, option)
            : first.TryGetValue(anyFeature, out FlexLmOption? any) ? any
            : null;
    }

    private FlexLmOption? FindIn(Exclusion key, FlexLmOption option) =>
        lines.TryGetValue(key, out List<FlexLmOption>? same)
            ? same.Find(line => line.Modifier.Length == 0 || option.Modifier.Length == 0 || string.Equals(line.Modifier, option.Modifier, StringComparison.OrdinalIgnoreCase))
            : null;

    private readonly record struct Exclusion(string Feature, FlexLmOptionType Type, string Name);

    // Names of features are compared in any case.
    private sealed class ExclusionComparer(StringComparer names) : IEqualityComparer<Exclusion>
    {
        public bool Equals(Exclusion x, Exclusion y) =>
            x.Type == y.Type && names.Equals(x.Name, y.Name) && string.Equals(x.Feature, y.Feature, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode(Exclusion obj) =>
            (StringComparer.OrdinalIgnoreCase.GetHashCode(obj.Feature) * 31) + names.GetHashCode(obj.Name);
    }
}
