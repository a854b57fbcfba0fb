using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm;

/// <summary>
/// Servers that were queried by several names (name, alias, address, a node that sends on to the master): each counts once,
/// under the first of the names, or that of the triad.
/// </summary>
internal sealed class ServersByIdentity
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Finds the names of each server.</summary>
    /// <param name="statuses">Statuses, in the order of the names.</param>
    /// <param name="features">Features, likewise.</param>
    public ServersByIdentity(IReadOnlyList<FlexLmServerStatus> statuses, IReadOnlyList<FlexLmFeature> features)
    {
        var groups = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach ((string name, ServerIdentity? identity) in statuses.Select(status => (status.Server, status.Identity))
            .Concat(features.Select(feature => (feature.Server, feature.Identity))).Distinct())
        {
            string[] keys = identity is null ? [] : [.. identity.Keys];
            List<string> group = keys.Select(key => groups.TryGetValue(key, out List<string>? known) ? known : null).FirstOrDefault(known => known is not null) ?? [];
            group.Add(name);
            foreach (string key in keys.Where(key => !groups.ContainsKey(key)))
            {
                groups.Add(key, group);
            }
        }

        ILookup<string, FlexLmServerStatus> byName = statuses.ToLookup(status => status.Server, StringComparer.Ordinal);
        foreach (List<string> group in groups.Values.Distinct())
        {
            string counted = group.OrderBy(name => Rank(byName[name].FirstOrDefault())).First();
            foreach (string name in group.Where(name => !names.ContainsKey(name)))
            {
                names.Add(name, counted);
            }
        }

        Statuses = [.. statuses.Where(status => NameOf(status.Server) == status.Server)];
        Features = Once(features);
    }

    /// <summary>One status of each server.</summary>
    public IReadOnlyList<FlexLmServerStatus> Statuses { get; }

    /// <summary>Each feature of a server once, also if only another of its names was asked for it.</summary>
    public IReadOnlyList<FlexLmFeature> Features { get; }

    /// <summary>The name under which a server counts.</summary>
    public string NameOf(string server) => names.TryGetValue(server, out string? name) ? name : server;

    /// <summary>The other names of a server, in order.</summary>
    public IEnumerable<string> OthersOf(string server) => names.Where(name => name.Value == server && name.Key != server).Select(name => name.Key);

    // A triad says more than one of its nodes, and a whole answer more than half of one.
    private static int Rank(FlexLmServerStatus? status) => status switch
    {
        null => 2,
        { Error: not null } or { Status: FlexLmState.Down } => 3,
        { Nodes.Count: > 0 } => 0,
        _ => 1,
    };

    private FlexLmFeature[] Once(IReadOnlyList<FlexLmFeature> features)
    {
        // Features of one name that came as one are different things, for example two entries of lmstat, and all are kept.
        var chosen = new Dictionary<(string Server, string Vendor, string Name), string>();
        foreach (FlexLmFeature feature in features)
        {
            string server = NameOf(feature.Server);
            var key = (server, feature.Vendor, feature.Name);
            if (!chosen.ContainsKey(key) || feature.Server == server)
            {
                chosen[key] = feature.Server;
            }
        }

        return
        [
            .. features.Where(feature => chosen[(NameOf(feature.Server), feature.Vendor, feature.Name)] == feature.Server)
                .Select(feature => NameOf(feature.Server) is { } name && name != feature.Server ? new FlexLmFeature(feature) { Server = name } : feature),
        ];
    }
}
