using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace PSLabNet.FlexLm.Metrics;

/// <summary>The time series of one metric in Prometheus' text format, each label set once and in order.</summary>
internal sealed class PrometheusFamily
{
    private readonly SortedDictionary<string, double> series = new(StringComparer.Ordinal);

    /// <summary>Creates a family without any series.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <param name="help">Its meaning, in one line.</param>
    public PrometheusFamily(string name, string help)
    {
        Name = name;
        Help = help;
    }

    /// <summary>Name of the metric.</summary>
    public string Name { get; }

    /// <summary>Its meaning, in one line.</summary>
    public string Help { get; }

    /// <summary>Combines two values that have the same labels. Numbers of licenses are added, states are not.</summary>
    internal Func<double, double, double> Combine { get; init; } = (one, other) => one + other;

    /// <summary>Number of series.</summary>
    public int Count => series.Count;

    /// <summary>Adds to the series of a label set; a second value with the same labels is added to the first.</summary>
    /// <param name="value">The value.</param>
    /// <param name="labels">The labels, always in the same order.</param>
    public void Add(double value, params PrometheusLabel[] labels)
    {
        string key = string.Join(",", (IEnumerable<PrometheusLabel>)(labels ?? throw new ArgumentNullException(nameof(labels))));
        series[key] = series.TryGetValue(key, out double before) ? Combine(before, value) : value;
    }

    /// <summary>Writes help, type and series; nothing if there is no series.</summary>
    /// <param name="writer">Receives the text.</param>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);

        if (series.Count == 0)
        {
            return;
        }

        // The format requires line feeds, on Windows too.
        writer.Write($"# HELP {Name} {Help}\n# TYPE {Name} gauge\n");
        foreach (KeyValuePair<string, double> one in series)
        {
            writer.Write(one.Key.Length == 0 ? $"{Name} {Format(one.Value)}\n" : $"{Name}{{{one.Key}}} {Format(one.Value)}\n");
        }
    }

    private static string Format(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
