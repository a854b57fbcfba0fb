using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>A vendor daemon in one log: its features, and the time in which it ran.</summary>
internal sealed class LogDaemon(string name, string source)
{
    private readonly List<CoveredSpan> stops = [];
    private long? start;
    private long? stoppedAt;
    private long lastSeen;
    private bool isSeen;

    public string Name => name;

    public string Source => source;

    /// <summary>Its features.</summary>
    public Dictionary<string, LogFeature> Features { get; } = new(StringComparer.Ordinal);

    /// <summary>True if the log begins with a start of the daemon, so it holds nothing from before.</summary>
    public bool BeginsWithStart => start is not null;

    /// <summary>When the log shows the daemon's first stop or start after its beginning; null if it does not.</summary>
    public long? FirstStop => stops.Count > 0 ? stops[0].From : stoppedAt;

    public LogFeature Feature(string feature)
    {
        if (!Features.TryGetValue(feature, out LogFeature? found))
        {
            Features.Add(feature, found = new LogFeature());
        }

        return found;
    }

    /// <summary>Notes a line of the daemon.</summary>
    /// <param name="at">Its time.</param>
    /// <param name="isRunning">True if only a daemon that runs writes it.</param>
    public void See(long at, bool isRunning)
    {
        if (isRunning && stoppedAt is { } from)
        {
            AddStop(from, at);
        }

        lastSeen = isSeen ? Math.Max(lastSeen, at) : at;
        isSeen = true;
    }

    /// <summary>Notes that the daemon has exited.</summary>
    public void Stop(long at)
    {
        stoppedAt ??= at;
        lastSeen = isSeen ? Math.Max(lastSeen, at) : at;
        isSeen = true;
    }

    /// <summary>Notes that the daemon starts. If it has not exited, it ended at some time after its last line.</summary>
    public void Start(long at)
    {
        if (isSeen)
        {
            AddStop(stoppedAt ?? lastSeen, at);
        }
        else
        {
            start = at;
        }

        lastSeen = isSeen ? Math.Max(lastSeen, at) : at;
        isSeen = true;
    }

    /// <summary>Notes that all daemons start, each of which will say so.</summary>
    public void StopUnlessStarted() => stoppedAt ??= isSeen ? lastSeen : null;

    /// <summary>The times that the log covers: its own, without those in which the daemon did not run.</summary>
    public IEnumerable<CoveredSpan> Spans(long first, long last)
    {
        long from = start ?? first;
        foreach (CoveredSpan stop in stops)
        {
            if (stop.From >= from)
            {
                yield return new CoveredSpan(from, stop.From);
            }

            from = Math.Max(from, stop.To);
        }

        long to = stoppedAt ?? last;
        if (to >= from)
        {
            yield return new CoveredSpan(from, to);
        }
    }

    private void AddStop(long from, long to)
    {
        stoppedAt = null;
        if (to > from)
        {
            stops.Add(new CoveredSpan(from, to));
        }
    }
}
