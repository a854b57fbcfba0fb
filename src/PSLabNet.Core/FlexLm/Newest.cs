using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>
/// The newest item of each key, in the order in which the keys were first added. Items with the same key and time are
/// different things, and all are kept: a server may be listed twice under one name.
/// </summary>
internal sealed class Newest<TKey, TItem>
    where TKey : notnull
{
    private readonly Func<TItem, DateTimeOffset> timeOf;
    private readonly Dictionary<TKey, List<TItem>> byKey = [];
    private readonly List<TKey> order = [];

    public Newest(Func<TItem, DateTimeOffset> timeOf) => this.timeOf = timeOf;

    public void Add(TKey key, TItem item)
    {
        if (!byKey.TryGetValue(key, out List<TItem>? known))
        {
            byKey.Add(key, [item]);
            order.Add(key);
            return;
        }

        int later = timeOf(item).CompareTo(timeOf(known[0]));
        if (later > 0)
        {
            known.Clear();
        }

        if (later >= 0)
        {
            known.Add(item);
        }
    }

    /// <summary>Returns the items and clears the collection.</summary>
    public IReadOnlyList<TItem> TakeAll()
    {
        IReadOnlyList<TItem> all = ToList();
        byKey.Clear();
        order.Clear();
        return all;
    }

    public IReadOnlyList<TItem> ToList()
    {
        var all = new List<TItem>(order.Count);
        foreach (TKey key in order)
        {
            all.AddRange(byKey[key]);
        }

        return all;
    }
}
