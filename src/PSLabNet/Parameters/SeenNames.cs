using System;
using System.Collections.Generic;

namespace PSLabNet.Parameters;

/// <summary>
/// Names that completion knows, each with a tooltip that shows its source. It forgets the oldest, because a session may run for
/// months, and a server may list far too many. Thread-safe.
/// </summary>
internal sealed class SeenNames
{
    /// <summary>Maximum number of names: more than anybody chooses from.</summary>
    public const int Limit = 10_000;

    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> order = new();

    /// <summary>The names as they are now, with their tooltips.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All
    {
        get
        {
            lock (names)
            {
                return [.. names];
            }
        }
    }

    /// <summary>Adds a name, or replaces its tooltip.</summary>
    /// <param name="name">The name; an empty one is ignored.</param>
    /// <param name="tooltip">Where it was seen, in a few words.</param>
    public void Add(string name, string tooltip)
    {
        lock (names)
        {
            if (name.Length > 0)
            {
                Remember(name);
                names[name] = tooltip;
            }
        }
    }

    /// <summary>Adds a name that is new. A known name keeps its tooltip, and nothing is allocated.</summary>
    /// <param name="name">The name; an empty one is ignored.</param>
    /// <param name="kind">What it is, in the words of the tooltip.</param>
    /// <param name="server">The server that it was seen on.</param>
    public void AddNew(string name, string kind, string server)
    {
        lock (names)
        {
            if (name.Length > 0 && !names.ContainsKey(name))
            {
                Remember(name);
                names[name] = $"{kind} on {server}";
            }
        }
    }

    private void Remember(string name)
    {
        if (!names.ContainsKey(name))
        {
            order.Enqueue(name);
            if (order.Count > Limit)
            {
                names.Remove(order.Dequeue());
            }
        }
    }
}
