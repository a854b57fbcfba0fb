using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Finds the line that excludes somebody from a feature, without looking at every line.</summary>
internal sealed class ExclusionIndex
{
    private readonly Dictionary<string, List<FlexLmOption>> lines;

    // The first line that excludes a party from anything.
    private readonly Dictionary<string, FlexLmOption> first;

    public ExclusionIndex(OptionContext context, params string[] keywords)
    {
        lines = new Dictionary<string, List<FlexLmOption>>(context.NameComparer);
        first = new Dictionary<string, FlexLmOption>(context.NameComparer);
        foreach (FlexLmOption option in context.Options.Where(option => keywords.Contains(option.Keyword)))
        {
            foreach ((FlexLmOptionType Type, string Name) party in context.Parties(option).Distinct())
            {
                string key = Key(option.Feature, party);
                if (!lines.TryGetValue(key, out List<FlexLmOption>? same))
                {
                    lines.Add(key, same = []);
                }

                same.Add(option);
                string anyFeature = Key(string.Empty, party);
                if (!first.ContainsKey(anyFeature))
                {
                    first.Add(anyFeature, option);
                }
            }
        }
    }

    /// <summary>
    /// The first line that excludes a party from what an option is for. An option without a feature is for all of them; one without a
    /// modifier is for all licenses of its feature.
    /// </summary>
    public FlexLmOption? Find(FlexLmOption option, (FlexLmOptionType Type, string Name) party)
    {
        if (option.Feature.Length == 0)
        {
            return first.TryGetValue(Key(string.Empty, party), out FlexLmOption? any) ? any : null;
        }

        return FindIn(Key(string.Empty, party), option) ?? FindIn(Key(option.Feature, party), option);
    }

    private FlexLmOption? FindIn(string key, FlexLmOption option) =>
        lines.TryGetValue(key, out List<FlexLmOption>? same)
            ? same.Find(line => line.Modifier.Length == 0 || option.Modifier.Length == 0 || string.Equals(line.Modifier, option.Modifier, StringComparison.OrdinalIgnoreCase))
            : null;

    // Names of features are compared in any case.
    private static string Key(string feature, (FlexLmOptionType Type, string Name) party) => $"{feature.ToUpperInvariant()} {party.Type} {party.Name}";
}
