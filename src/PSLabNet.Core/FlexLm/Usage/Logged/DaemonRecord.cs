using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>
/// A vendor daemon over one log, or over several that follow each other, as rotated logs do. Logs over the same time are of
/// different servers, since a log does not name its server.
/// </summary>
internal sealed class DaemonRecord
{
    // A daemon writes the date several times a day. After a longer silence between two logs, one is missing.
    private static readonly long LongestRotation = TimeSpan.TicksPerDay;

    private readonly List<CoveredSpan> spans = [];
    private readonly Dictionary<string, RecordedFeature> features = new(StringComparer.Ordinal);

    private DaemonRecord(string name) => Name = name;

    public string Name { get; }

    /// <summary>The last log.</summary>
    public string Source { get; private set; } = string.Empty;

    /// <summary>The covered times, in order.</summary>
    public IReadOnlyList<CoveredSpan> Spans => spans;

    /// <summary>The features with their times and denials.</summary>
    public IEnumerable<(string Name, List<UseInterval> Intervals, List<DeniedRequest> Denials)> Features =>
        features.Select(entry => (entry.Key, entry.Value.Intervals, entry.Value.Denials));

    /// <summary>Joins the logs of each daemon.</summary>
    public static IReadOnlyList<DaemonRecord> Join(IEnumerable<LogSource> sources)
    {
        var records = new List<DaemonRecord>();
        var parts = from source in sources
                    from daemon in source.Daemons
                    let covered = daemon.Spans(source.First, source.Last).ToArray()
                    where covered.Length > 0
                    orderby covered[0].From, daemon.Features.Count descending
                    select (daemon, covered);
        foreach ((LogDaemon daemon, CoveredSpan[] covered) in parts)
        {
            DaemonRecord? record = records
                .Where(one => one.Name == daemon.Name && one.End <= covered[0].From)
                .OrderByDescending(one => one.End)
                .FirstOrDefault();

            // lmgrd's own log tells of starts, but of no licenses.
            if (record is null && daemon.Features.Count == 0)
            {
                continue;
            }

            if (record is null)
            {
                records.Add(record = new DaemonRecord(daemon.Name));
            }

            record.Append(daemon, covered);
        }

        foreach (DaemonRecord record in records)
        {
            record.Complete();
        }

        return records;
    }

    private long End => spans[spans.Count - 1].To;

    private void Append(LogDaemon daemon, CoveredSpan[] covered)
    {
        long? earlierEnd = spans.Count == 0 ? null : End;
        Source = daemon.Source;
        spans.AddRange(covered);
        foreach (KeyValuePair<string, LogFeature> entry in daemon.Features)
        {
            if (!features.TryGetValue(entry.Key, out RecordedFeature? feature))
            {
                features.Add(entry.Key, feature = new RecordedFeature());
            }

            feature.EndCarried(entry.Value.Unstarted, to => covered.Last(span => span.From <= to || span == covered[0]).From);
            feature.Intervals.AddRange(entry.Value.Intervals);
            feature.Denials.AddRange(entry.Value.Denials);
        }

        // What was held before, and is not returned in this log.
        long? lost = earlierEnd is null ? null
            : daemon.BeginsWithStart || covered[0].From - earlierEnd > LongestRotation ? earlierEnd
            : daemon.FirstStop;
        foreach (RecordedFeature feature in features.Values)
        {
            if (lost is { } end)
            {
                feature.DropCarried(end);
            }
        }

        foreach (KeyValuePair<string, LogFeature> entry in daemon.Features)
        {
            features[entry.Key].Carry(entry.Value.Open);
        }
    }

    private void Complete()
    {
        foreach (RecordedFeature feature in features.Values)
        {
            feature.Complete(End, spans);
        }
    }
}
