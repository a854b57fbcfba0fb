using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.Soak.Client;

/// <summary>Counts events by name.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, long> counts = new();

    public IReadOnlyList<KeyValuePair<string, long>> Counts => [.. counts.OrderBy(pair => pair.Key, System.StringComparer.Ordinal)];

    public void Add(string name) => counts.AddOrUpdate(name, 1, (_, count) => count + 1);

    public long Of(string prefix) => counts.Where(pair => pair.Key.StartsWith(prefix, System.StringComparison.Ordinal)).Sum(pair => pair.Value);
}
