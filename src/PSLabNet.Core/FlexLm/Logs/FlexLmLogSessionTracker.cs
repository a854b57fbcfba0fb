using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Makes sessions of the events of a debug log: IN ends the oldest OUT of the same daemon, feature, user, host and number
/// of licenses. Only if none has that number, it ends the oldest ones that make it up, or a part of one. Memory grows with
/// the open sessions, not with the log. The events must be in the log's order, and include those of <see cref="Kinds"/>.
/// </summary>
/// <remarks>Not for several threads at once.</remarks>
public sealed class FlexLmLogSessionTracker
{
    private static readonly FlexLmLogSession[] None = [];

    // Made anew, not cleared: clearing takes as long as the largest size that it had.
    private Dictionary<string, DaemonSessions> daemons = new(StringComparer.Ordinal);

    // lmgrd was asked to stop, or stopped: it stops its vendor daemons, which may still log what they take back.
    private StopRequest? managerStop;
    private long sequence;
    private long lastOut;

    /// <summary>The kinds of events that it needs, for <see cref="FlexLmLogOptions.Kinds"/>.</summary>
    public static IReadOnlyList<FlexLmLogKind> Kinds { get; } =
        [FlexLmLogKind.Out, FlexLmLogKind.In, FlexLmLogKind.Shutdown, FlexLmLogKind.Started, FlexLmLogKind.Restarted];

    /// <summary>Number of sessions that are open.</summary>
    public int OpenCount => daemons.Values.Sum(daemon => daemon.Count);

    /// <summary>All sessions of events: those that ended in the order of their ends, then those that are open, by start.</summary>
    /// <param name="events">The events.</param>
    /// <returns>The sessions, made while they are taken.</returns>
    /// <exception cref="ArgumentNullException">The events are null.</exception>
    public static IEnumerable<FlexLmLogSession> Track(IEnumerable<FlexLmLogEvent> events) =>
        TrackCore(events ?? throw new ArgumentNullException(nameof(events)));

    /// <summary>Takes an event.</summary>
    /// <param name="item">The event.</param>
    /// <returns>The sessions that it ends; mostly none or one.</returns>
    /// <exception cref="ArgumentNullException">The event is null.</exception>
    public IReadOnlyList<FlexLmLogSession> Add(FlexLmLogEvent item)
    {
        ArgumentNullException.ThrowIfNull(item);

        sequence++;
        switch (item.Kind)
        {
            case FlexLmLogKind.Out:
                lastOut = sequence;
                DaemonOf(item.Daemon).Begin(item, sequence);
                return None;
            case FlexLmLogKind.In:
                return DaemonOf(item.Daemon).End(item);
            case FlexLmLogKind.Shutdown or FlexLmLogKind.Started or FlexLmLogKind.Restarted:
                return Stop(item);
            default:
                return None;
        }
    }

    /// <summary>
    /// Ends the log. Sessions of a daemon that was asked to stop ended then; the others are open. The tracker can be used
    /// again after it.
    /// </summary>
    /// <returns>The sessions, by start.</returns>
    public IReadOnlyList<FlexLmLogSession> Complete()
    {
        FlexLmLogSession[] rest = [.. daemons.Values.SelectMany(daemon => daemon.TakeAll(RequestFor(daemon))).OrderBy(session => session.Start)];
        daemons = new Dictionary<string, DaemonSessions>(StringComparer.Ordinal);
        managerStop = null;
        return rest;
    }

    private static IEnumerable<FlexLmLogSession> TrackCore(IEnumerable<FlexLmLogEvent> events)
    {
        var tracker = new FlexLmLogSessionTracker();
        foreach (FlexLmLogEvent item in events)
        {
            foreach (FlexLmLogSession session in tracker.Add(item))
            {
                yield return session;
            }
        }

        foreach (FlexLmLogSession session in tracker.Complete())
        {
            yield return session;
        }
    }

    private DaemonSessions DaemonOf(string name)
    {
        if (!daemons.TryGetValue(name, out DaemonSessions? daemon))
        {
            daemon = new DaemonSessions();
            daemons.Add(name, daemon);
        }

        return daemon;
    }

    private StopRequest? RequestFor(DaemonSessions daemon) =>
        daemon.Request ?? (managerStop is { } stop && stop.Sequence > daemon.LastOut ? stop : null);

    // A vendor daemon that has exited, or starts, holds nothing. One that is asked to stop still logs an IN for each of
    // its users, and may refuse: what it hands out after it shows that.
    private FlexLmLogSession[] Stop(FlexLmLogEvent item)
    {
        bool isManager = string.Equals(item.Daemon, "lmgrd", StringComparison.OrdinalIgnoreCase) || string.Equals(item.Daemon, "lmadmin", StringComparison.OrdinalIgnoreCase);
        bool isAll = isManager && item.Target.Length == 0;
        string name = item.Target.Length > 0 ? item.Target : item.Daemon;
        var request = new StopRequest(sequence, item.Time, item.IsDateKnown);
        bool isOver = item.Kind != FlexLmLogKind.Shutdown || (item.IsExit && !isAll);
        if (isAll && isOver)
        {
            FlexLmLogSession[] ended = [.. daemons.Values.SelectMany(daemon => daemon.TakeAll(RequestFor(daemon) ?? request)).OrderBy(session => session.Start)];
            daemons = new Dictionary<string, DaemonSessions>(StringComparer.Ordinal);
            managerStop = null;
            return ended;
        }

        if (isAll)
        {
            managerStop = managerStop is { } earlier && earlier.Sequence > lastOut ? earlier : request;
            return None;
        }

        if (!daemons.TryGetValue(name, out DaemonSessions? stopped))
        {
            return None;
        }

        if (!isOver)
        {
            stopped.Request ??= request;
            return None;
        }

        daemons.Remove(name);
        return [.. stopped.TakeAll(RequestFor(stopped) ?? request).OrderBy(session => session.Start)];
    }
}
