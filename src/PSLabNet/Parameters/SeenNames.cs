using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace PSLabNet.Parameters;

/// <summary>Names for completion, each with a tooltip. For any thread; the number of names has a limit.</summary>
internal sealed class SeenNames
{
    /// <summary>More than anybody chooses from. Names come from networks, and a session may run for months.</summary>
    public const int Limit = 10_000;

    private readonly ConcurrentDictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names with their tooltips.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => names;

    /// <summary>Adds a name, or replaces its tooltip.</summary>
    /// <param name="name">The name; an empty one is ignored.</param>
    /// <param name="tooltip">Where it was seen, in a few words.</param>
    public void Add(string name, string tooltip)
    {
        if (name.Length > 0 && (names.ContainsKey(name) || names.Count < Limit))
        {
            names[name] = tooltip;
        }
    }

    /// <summary>Adds a name that is new. Of a known one, the tooltip stays, and nothing is made.</summary>
    /// <param name="name">The name; an empty one is ignored.</param>
    /// <param name="kind">What it is, in the words of the tooltip.</param>
    /// <param name="server">The server that it was seen on.</param>
    public void AddNew(string name, string kind, string server)
    {
        if (name.Length > 0 && !names.ContainsKey(name) && names.Count < Limit)
        {
            names[name] = $"{kind} on {server}";
        }
    }
}
