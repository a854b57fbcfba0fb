using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>Use over time of every feature, from snapshots and from logs; the two are kept apart.</summary>
internal sealed class UsageRecord
{
    private readonly Dictionary<(string Server, string Vendor, string Feature), UsageHistory> sampled = [];
    private readonly LoggedDaemons logged = new();

    /// <summary>A server said how many are in use.</summary>
    public void Sample(FlexLmFeature feature, int inUse)
    {
        var key = (feature.Server, feature.Vendor, feature.Name);
        if (!sampled.TryGetValue(key, out UsageHistory? history))
        {
            sampled.Add(key, history = new UsageHistory());
        }

        history.Set(feature.CheckedAt, inUse);
    }

    /// <summary>A log says that licenses were taken, or given back if the number is negative.</summary>
    public void Change(FlexLmLogEvent item, int count) =>
        logged.Of(item.Daemon, item.Source, item.Time).Change(item.Feature, item.Time, count);

    /// <summary>A log says that licenses were denied.</summary>
    public void Deny(FlexLmLogEvent item) =>
        logged.Of(item.Daemon, item.Source, item.Time).Feature(item.Feature).Deny(item.Time);

    /// <summary>A log says that a daemon started: nothing is held from before.</summary>
    public void Restart(FlexLmLogEvent item)
    {
        string name = item.Target.Length > 0 ? item.Target : item.Daemon;
        logged.Of(name, item.Source, item.Time).Restart(item.Time);
    }

    /// <summary>The series that have more than one point, those from snapshots first.</summary>
    /// <param name="features">The features as they are now.</param>
    /// <param name="nameOf">The name under which a server counts: what was sampled under another of its names is the same use.</param>
    public IReadOnlyList<FlexLmUsageSeries> ToSeries(IReadOnlyList<FlexLmFeature> features, Func<string, string> nameOf)
    {
        var issued = new Dictionary<(string Server, string Vendor, string Feature), int?>();
        var issuedAnywhere = new Dictionary<(string Vendor, string Feature), int?>();
        foreach (FlexLmFeature feature in features)
        {
            issued[(feature.Server, feature.Vendor, feature.Name)] = feature.Issued;

            // Two servers have the same daemon and feature, and the log may be from either.
            var key = (feature.Vendor, feature.Name);
            issuedAnywhere[key] = issuedAnywhere.ContainsKey(key) ? null : feature.Issued;
        }

        var all = new List<FlexLmUsageSeries>();
        foreach (KeyValuePair<(string Server, string Vendor, string Feature), UsageHistory> entry in sampled)
        {
            (string Server, string Vendor, string Feature) key = entry.Key with { Server = nameOf(entry.Key.Server) };
            if (key != entry.Key && sampled.ContainsKey(key))
            {
                continue;
            }

            issued.TryGetValue(key, out int? known);
            Add(all, entry.Value, series => series with
            {
                Server = key.Server,
                Vendor = key.Vendor,
                Feature = key.Feature,
                Issued = known,
            });
        }

        foreach (LoggedDaemon daemon in logged.All())
        {
            foreach (KeyValuePair<string, UsageHistory> entry in daemon.Features)
            {
                issuedAnywhere.TryGetValue((daemon.Name, entry.Key), out int? known);
                Add(all, entry.Value, series => series with
                {
                    Vendor = daemon.Name,
                    Feature = entry.Key,
                    Source = daemon.Source,
                    Issued = known,
                });
            }
        }

        return all;
    }

    private static void Add(List<FlexLmUsageSeries> all, UsageHistory history, Func<FlexLmUsageSeries, FlexLmUsageSeries> name)
    {
        if (history.HasUse && history.PointCount > 1)
        {
            all.Add(name(history.ToSeries()));
        }
    }
}
