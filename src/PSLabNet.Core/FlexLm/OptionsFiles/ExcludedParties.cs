using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>Which of those whom a line names are excluded, and by which lines.</summary>
internal sealed class ExcludedParties
{
    private const int Shown = 5;

    private readonly Dictionary<FlexLmOption, List<string>> names = [];
    private readonly Dictionary<FlexLmOption, int> counts = [];

    public ExcludedParties(IEnumerable<(string Name, FlexLmOption? Exclusion)> parties)
    {
        int all = 0;
        int excluded = 0;
        foreach ((string name, FlexLmOption? exclusion) in parties)
        {
            all++;
            if (exclusion is not null)
            {
                excluded++;
                Add(exclusion, name);
            }
        }

        AreAll = all > 0 && excluded == all;
    }

    /// <summary>Whether the line names somebody, and nobody who is not excluded.</summary>
    public bool AreAll { get; }

    /// <summary>The lines that exclude somebody, in the order in which those are named.</summary>
    public IReadOnlyCollection<FlexLmOption> Lines => names.Keys;

    /// <summary>Whom a line excludes: the first five, and how many more there are.</summary>
    public string NamesOf(FlexLmOption line)
    {
        string first = string.Join(", ", names[line]);
        return counts[line] <= Shown ? first : FormattableString.Invariant($"{first} and {counts[line] - Shown} more");
    }

    private void Add(FlexLmOption line, string name)
    {
        if (!names.TryGetValue(line, out List<string>? shown))
        {
            names.Add(line, shown = []);
            counts.Add(line, 0);
        }

        counts[line]++;
        if (shown.Count < Shown)
        {
            shown.Add(name);
        }
    }
}
