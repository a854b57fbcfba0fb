using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Logs;
using PSLabNet.FlexLm.Usage.Tallies;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>One log: the daemons in it, with what it tells of their features. Events must be in its order.</summary>
internal sealed class LogSource(string source, UsageOptions options, Parties parties)
{
    private readonly FlexLmLogSessionTracker tracker = new();
    private readonly QueuedRequests queue = new();
    private readonly DenialChains denials = new(options.DenialWindow);
    private readonly Dictionary<string, LogDaemon> daemons = new(StringComparer.Ordinal);
    private long order;

    /// <summary>Times of its first and last event.</summary>
    public long First { get; private set; } = long.MaxValue;

    public long Last { get; private set; } = long.MinValue;

    public IEnumerable<LogDaemon> Daemons => daemons.Values;

    /// <summary>True if the log has no line in the year before a time.</summary>
    public bool IsSilentBefore(DateTimeOffset time) => Last != long.MinValue && time.UtcTicks - Last > UsageOptions.LongestSilence.Ticks;

    /// <summary>Adds an event of any kind.</summary>
    public void Add(FlexLmLogEvent item)
    {
        order++;
        long at = item.Time.UtcTicks;
        First = Math.Min(First, at);
        Last = Math.Max(Last, at);

        // Objects from another machine do not have it.
        bool isExit = item.Kind == FlexLmLogKind.Shutdown && (item.IsExit || LogKinds.IsExit(TextSlice.Of(item.Text)));
        FlexLmLogEvent tracked = isExit && !item.IsExit ? new FlexLmLogEvent(item) { IsExit = true } : item;
        foreach (FlexLmLogSession session in tracker.Add(tracked))
        {
            Add(session);
        }

        switch (item.Kind)
        {
            case FlexLmLogKind.Out:
                See(item, isRunning: true);
                EndWait(item);
                denials.Satisfy(item, order);
                break;
            case FlexLmLogKind.Queued:
                See(item, isRunning: true);
                denials.Satisfy(item, order);
                queue.Begin(item, order, PartyOf(item));
                Daemon(item.Daemon).Feature(item.Feature);
                break;
            case FlexLmLogKind.Denied:
                See(item, isRunning: true);
                denials.Add(item, order, PartyOf(item), Daemon(item.Daemon).Feature(item.Feature));
                break;
            case FlexLmLogKind.Dequeued:
                See(item, isRunning: false);
                EndWait(item);
                break;
            case FlexLmLogKind.Shutdown or FlexLmLogKind.Started or FlexLmLogKind.Restarted:
                ChangeState(item, isExit);
                break;
            default:
                See(item, isRunning: false);
                break;
        }
    }

    /// <summary>Ends the log.</summary>
    public void Complete()
    {
        foreach (FlexLmLogSession session in tracker.Complete())
        {
            Add(session);
        }

        StopWaiting(null, Last);
        denials.Complete();
    }

    private void Add(FlexLmLogSession session)
    {
        LogFeature feature = Daemon(session.Daemon).Feature(session.Feature);
        int party = parties.NumberOf(session.User, session.HostName);
        IntervalKind kind = IntervalKind.Use | session.EndedBy switch
        {
            FlexLmSessionEnd.Open => IntervalKind.Open,
            FlexLmSessionEnd.DaemonStopped => IntervalKind.Stopped,
            _ => 0,
        };

        // A clock that is set back can end a session before it begins.
        long from = session.Start?.UtcTicks ?? 0;
        var interval = new UseInterval(from, session.StartOrder, Math.Max(from, session.End?.UtcTicks ?? 0), order, session.Count, party, kind);
        List<UseInterval> list = session.IsOpen ? feature.Open : session.Start is null ? feature.Unstarted : feature.Intervals;
        list.Add(interval);
    }

    private void ChangeState(FlexLmLogEvent item, bool isExit)
    {
        bool isManager = string.Equals(item.Daemon, "lmgrd", StringComparison.OrdinalIgnoreCase) || string.Equals(item.Daemon, "lmadmin", StringComparison.OrdinalIgnoreCase);
        bool isStart = item.Kind != FlexLmLogKind.Shutdown;
        long at = item.Time.UtcTicks;
        if (isManager && item.Target.Length == 0)
        {
            // Its vendor daemons may log until they have exited too.
            foreach (LogDaemon daemon in isStart ? daemons.Values : Enumerable.Empty<LogDaemon>())
            {
                daemon.StopUnlessStarted();
            }

            return;
        }

        LogDaemon changed = Daemon(item.Target.Length > 0 ? item.Target : item.Daemon);
        if (isStart)
        {
            changed.Start(at);
            StopWaiting(changed.Name, at);
        }
        else if (isExit)
        {
            changed.Stop(at);
            StopWaiting(changed.Name, at);
        }
        else
        {
            changed.See(at, isRunning: false);
        }
    }

    private void EndWait(FlexLmLogEvent item)
    {
        if (queue.End(item, order) is { } wait)
        {
            Daemon(item.Daemon).Feature(item.Feature).Intervals.Add(wait);
        }
    }

    private void StopWaiting(string? daemon, long at)
    {
        foreach ((RequestKey key, UseInterval wait) in queue.TakeAll(daemon))
        {
            Daemon(key.Daemon).Feature(key.Feature).Intervals.Add(
                wait with { To = Math.Max(at, wait.From), ToOrder = order, Kind = wait.Kind | IntervalKind.Stopped });
        }
    }

    private void See(FlexLmLogEvent item, bool isRunning) => Daemon(item.Daemon).See(item.Time.UtcTicks, isRunning);

    private int PartyOf(FlexLmLogEvent item) => parties.NumberOf(item.User, item.HostName);

    private LogDaemon Daemon(string name)
    {
        if (!daemons.TryGetValue(name, out LogDaemon? daemon))
        {
            daemons.Add(name, daemon = new LogDaemon(name, source));
        }

        return daemon;
    }
}
