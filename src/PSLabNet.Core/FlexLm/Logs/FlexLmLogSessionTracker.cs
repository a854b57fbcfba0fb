using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Logs;

/// <summary>
/// Builds sessions from the events of a debug log: IN ends the oldest OUT with the same daemon, feature, user, host and
/// number of licenses. If none has that number, it ends the oldest ones that add up to it, or a part of one. Memory grows
/// with the open sessions, not with the log. The events must be in the log's order, and include those of
/// <see cref="Kinds"/>.
/// </summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class FlexLmLogSessionTracker
{
    private static readonly FlexLmLogSession[] None = [];

    // Replaced, not cleared: clearing takes time for the largest size that it ever had.
    private Dictionary<string, DaemonSessions> daemons = new(StringComparer.Ordinal);

    // lmgrd stopped, or its stop was requested: it stops its vendor daemons, which may still log the licenses that they take
    // back.
    private StopRequest? managerStop;
    private long sequence;
    private long lastOut;

    /// <summary>The kinds of events that the tracker needs, for <see cref="FlexLmLogOptions.Kinds"/>.</summary>
    public static IReadOnlyList<FlexLmLogKind> Kinds { get; } =
        [FlexLmLogKind.Out, FlexLmLogKind.In, FlexLmLogKind.Shutdown, FlexLmLogKind.Started, FlexLmLogKind.Restarted];

    /// <summary>Number of open sessions.</summary>
    public int OpenCount => daemons.Values.Sum(daemon => daemon.Count);

    /// <summary>Returns all sessions of events: first the ended ones in the order of their ends, then the open ones by start.</summary>
    /// <param name="events">The events.</param>
    /// <returns>The sessions, created while they are enumerated.</returns>
    /// <exception cref="ArgumentNullException">The events are null.</exception>
    public static IEnumerable<FlexLmLogSession> Track(IEnumerable<FlexLmLogEvent> events) =>
        TrackCore(events ?? throw new ArgumentNullException(nameof(events)));

    /// <summary>Adds an event.</summary>
    /// <param name="item">The event.</param>
    /// <returns>The sessions that the event ends; usually none or one.</returns>
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
    /// Ends the log. If a daemon's stop was requested, its sessions ended then; the others are open. The tracker can be used
    /// again afterwards.
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

    // A vendor daemon that has exited, or starts, holds nothing. One whose stop was requested still logs an IN for each
    // user, and may refuse to stop: a later checkout shows that.
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
