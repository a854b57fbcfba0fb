using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Reports;

/// <summary>Use over time of every feature, from snapshots and from logs; the two are kept apart.</summary>
internal sealed class UseRecord
{
    // A log does not say whose daemon it is from: its histories have no server.
    private readonly Dictionary<(string Server, string Vendor, string Feature), UseHistory> sampled = [];
    private readonly Dictionary<(string Vendor, string Feature), UseHistory> logged = [];

    /// <summary>A server said how many are in use.</summary>
    public void Sample(string server, string vendor, string feature, DateTimeOffset time, int inUse)
    {
        var key = (server, vendor, feature);
        if (!sampled.TryGetValue(key, out UseHistory? history))
        {
            sampled.Add(key, history = new UseHistory());
        }

        history.Set(time, inUse);
    }

    /// <summary>A log says that licenses were taken, or given back if the number is negative.</summary>
    public void Change(string vendor, string feature, DateTimeOffset time, int count) => Logged(vendor, feature).Change(time, count);

    /// <summary>A log says that licenses were denied.</summary>
    public void Deny(string vendor, string feature, DateTimeOffset time) => Logged(vendor, feature).Deny(time);

    /// <summary>A log says that a daemon started: nothing is held from before.</summary>
    public void Restart(string vendor, DateTimeOffset time)
    {
        foreach (KeyValuePair<(string Vendor, string Feature), UseHistory> history in logged)
        {
            if (history.Key.Vendor == vendor)
            {
                history.Value.Empty(time);
            }
        }
    }

    /// <summary>The series that have more than one point, those from snapshots first.</summary>
    public IReadOnlyList<FlexLmUseSeries> ToSeries(IReadOnlyList<FlexLmFeature> features)
    {
        var issued = new Dictionary<(string Server, string Vendor, string Feature), int?>();
        var issuedAnywhere = new Dictionary<(string Vendor, string Feature), int?>();
        foreach (FlexLmFeature feature in features)
        {
            issued[(feature.Server, feature.Vendor, feature.Name)] = feature.Issued;

            // Two servers with the same daemon and feature: the log may be of either.
            var key = (feature.Vendor, feature.Name);
            issuedAnywhere[key] = issuedAnywhere.ContainsKey(key) ? null : feature.Issued;
        }

        var all = new List<FlexLmUseSeries>();
        foreach (KeyValuePair<(string Server, string Vendor, string Feature), UseHistory> entry in sampled)
        {
            issued.TryGetValue(entry.Key, out int? known);
            Add(all, entry.Value, entry.Value.ToSeries() with
            {
                Server = entry.Key.Server,
                Vendor = entry.Key.Vendor,
                Feature = entry.Key.Feature,
                Issued = known,
            });
        }

        foreach (KeyValuePair<(string Vendor, string Feature), UseHistory> entry in logged)
        {
            issuedAnywhere.TryGetValue(entry.Key, out int? known);
            Add(all, entry.Value, entry.Value.ToSeries() with { Vendor = entry.Key.Vendor, Feature = entry.Key.Feature, Issued = known });
        }

        return all;
    }

    private static void Add(List<FlexLmUseSeries> all, UseHistory history, FlexLmUseSeries series)
    {
        if (history.HasUse && series.Points.Count > 1)
        {
            all.Add(series);
        }
    }

    private UseHistory Logged(string vendor, string feature)
    {
        var key = (vendor, feature);
        if (!logged.TryGetValue(key, out UseHistory? history))
        {
            logged.Add(key, history = new UseHistory());
        }

        return history;
    }
}
