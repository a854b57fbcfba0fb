using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>
/// Separates daemons of the same name in different logs. A log does not name its server. A log that begins after
/// another has ended continues it, as rotated logs do; two logs over the same time are from two servers.
/// </summary>
internal sealed class LoggedDaemons
{
    private readonly Dictionary<string, List<LoggedDaemon>> byName = new(StringComparer.Ordinal);

    public LoggedDaemon Of(string name, string source, DateTimeOffset time)
    {
        if (!byName.TryGetValue(name, out List<LoggedDaemon>? known))
        {
            byName.Add(name, known = []);
        }

        LoggedDaemon? found = known.Find(daemon => daemon.Source == source) ?? known.Find(daemon => daemon.Last <= time);
        if (found is null)
        {
            found = new LoggedDaemon(name);
            known.Add(found);
        }

        found.Source = source;
        found.Last = time > found.Last ? time : found.Last;
        return found;
    }

    /// <summary>All daemons in the order of their first event.</summary>
    public IEnumerable<LoggedDaemon> All()
    {
        foreach (List<LoggedDaemon> daemons in byName.Values)
        {
            foreach (LoggedDaemon daemon in daemons)
            {
                yield return daemon;
            }
        }
    }
}

/// <summary>A vendor daemon in one log, or in several that follow each other.</summary>
internal sealed class LoggedDaemon
{
    // Only these need resetting at a start: a daemon may start often and have many features.
    private readonly List<UsageHistory> used = [];

    public LoggedDaemon(string name) => Name = name;

    public string Name { get; }

    /// <summary>The log that contained it last.</summary>
    public string Source { get; set; } = string.Empty;

    public DateTimeOffset Last { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Its features.</summary>
    public Dictionary<string, UsageHistory> Features { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes that licenses of a feature were checked out or returned.</summary>
    public void Change(string feature, DateTimeOffset time, int count)
    {
        UsageHistory history = Feature(feature);
        history.Change(time, count);
        if (!history.IsUsedSinceStart)
        {
            history.IsUsedSinceStart = true;
            used.Add(history);
        }
    }

    /// <summary>Notes that the daemon started: nothing from before is still held.</summary>
    public void Restart(DateTimeOffset time)
    {
        foreach (UsageHistory history in used)
        {
            history.Empty(time);
            history.IsUsedSinceStart = false;
        }

        used.Clear();
    }

    public UsageHistory Feature(string name)
    {
        if (!Features.TryGetValue(name, out UsageHistory? history))
        {
            Features.Add(name, history = new UsageHistory());
        }

        return history;
    }
}
