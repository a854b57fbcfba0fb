using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>All logs, in any order, also with their events mixed. The events of each log are in its order.</summary>
internal sealed class LoggedUse(UsageOptions options, Parties parties)
{
    private readonly Dictionary<string, LogSource> sources = new(StringComparer.Ordinal);

    /// <summary>Adds an event of any kind.</summary>
    public void Add(FlexLmLogEvent item)
    {
        if (!sources.TryGetValue(item.Source, out LogSource? source))
        {
            sources.Add(item.Source, source = new LogSource(item.Source, options, parties));
        }

        source.Add(item);
    }

    /// <summary>Ends the logs and joins those that follow each other.</summary>
    public IReadOnlyList<DaemonRecord> Complete()
    {
        foreach (LogSource source in sources.Values)
        {
            source.Complete();
        }

        return DaemonRecord.Join(sources.Values);
    }
}
