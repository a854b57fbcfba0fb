using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>
/// All logs, in any order, also with their events mixed. The events of each log are in its order. A log that is silent for over a year is
/// two logs, of which the second follows the first.
/// </summary>
internal sealed class LoggedUse(UsageOptions options, Parties parties)
{
    private readonly Dictionary<string, LogSource> sources = new(StringComparer.Ordinal);
    private readonly List<LogSource> all = [];

    /// <summary>Adds an event of any kind.</summary>
    public void Add(FlexLmLogEvent item)
    {
        if (!sources.TryGetValue(item.Source, out LogSource? source) || source.IsSilentBefore(item.Time))
        {
            sources[item.Source] = source = new LogSource(item.Source, options, parties);
            all.Add(source);
        }

        source.Add(item);
    }

    /// <summary>Ends the logs and joins those that follow each other.</summary>
    public IReadOnlyList<DaemonRecord> Complete()
    {
        foreach (LogSource source in all)
        {
            source.Complete();
        }

        return DaemonRecord.Join(all);
    }
}
