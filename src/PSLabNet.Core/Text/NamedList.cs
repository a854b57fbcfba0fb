using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.Text;

/// <summary>Long lists in messages: the first few, and how many more there are.</summary>
internal static class NamedList
{
    private const int Shown = 5;

    public static string Join(IReadOnlyCollection<string> names)
    {
        string first = string.Join(", ", names.Take(Shown));
        return names.Count <= Shown ? first : FormattableString.Invariant($"{first} and {names.Count - Shown} more");
    }
}
