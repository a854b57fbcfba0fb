using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm;

/// <summary>
/// Of what has the same key, what is newest, in the order in which the keys came first. Several with the same key at
/// the same time are different things (a server asked under one name may be listed twice) and are all kept.
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

    /// <summary>Gives what there is, and forgets it.</summary>
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
