using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.Parameters;

/// <summary>
/// Names that completion knows, each with where it is from. It forgets the oldest, because a session may run for months, and a
/// server may list far too many. Thread-safe.
/// </summary>
internal sealed class SeenNames : IEnumerable<KeyValuePair<string, string>>
{
    /// <summary>Names that are known at most: more than anybody completes from.</summary>
    public const int Most = 10_000;

    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> order = new();

    /// <summary>Notes a name.</summary>
    public string this[string name]
    {
        set
        {
            lock (names)
            {
                if (!names.ContainsKey(name))
                {
                    order.Enqueue(name);
                    if (order.Count > Most)
                    {
                        names.Remove(order.Dequeue());
                    }
                }

                names[name] = value;
            }
        }
    }

    /// <summary>The names as they are now.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        lock (names)
        {
            return names.ToList().GetEnumerator();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
