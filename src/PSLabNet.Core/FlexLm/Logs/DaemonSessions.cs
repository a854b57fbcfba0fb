using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Logs;

/// <summary>A daemon stopped, or a stop was requested.</summary>
/// <param name="Sequence">Number of the event.</param>
/// <param name="Time">Its time.</param>
/// <param name="IsDateKnown">False if the date is inferred.</param>
internal sealed record StopRequest(long Sequence, DateTimeOffset Time, bool IsDateKnown);

/// <summary>The open sessions of one vendor daemon.</summary>
internal sealed class DaemonSessions
{
    private readonly Dictionary<SessionKey, OpenSessions> open = [];

    public int Count { get; private set; }

    /// <summary>Number of the event that last checked out licenses.</summary>
    public long LastOut { get; private set; }

    /// <summary>The request to stop, if the daemon has checked out nothing since; otherwise null.</summary>
    public StopRequest? Request { get; set; }

    public void Begin(FlexLmLogEvent item, long sequence)
    {
        var key = new SessionKey(item);
        if (!open.TryGetValue(key, out OpenSessions? sessions))
        {
            sessions = new OpenSessions();
            open.Add(key, sessions);
        }

        // A line without a number of licenses counts as one license, here and when licenses are returned.
        sessions.Add(new FlexLmLogSession(ToSession(item)) { Start = item.Time, StartOrder = sequence, Count = Math.Max(item.Count, 1) });
        Count++;
        LastOut = sequence;
        Request = null;
    }

    /// <summary>Ends the sessions whose licenses were returned.</summary>
    /// <returns>Usually one: the oldest with this number of licenses.</returns>
    public List<FlexLmLogSession> End(FlexLmLogEvent item)
    {
        var ended = new List<FlexLmLogSession>(1);
        var key = new SessionKey(item);
        int rest = Math.Max(item.Count, 1);
        if (open.TryGetValue(key, out OpenSessions? sessions))
        {
            int before = sessions.Count;
            if (sessions.TakeOldest(rest) is { } equal)
            {
                ended.Add(Ended(equal, item));
                rest = 0;
            }
            else
            {
                rest = EndOldest(sessions, rest, ended, item);
            }

            Count -= before - sessions.Count;
            if (sessions.Count == 0)
            {
                open.Remove(key);
            }
        }

        if (rest > 0)
        {
            // Checked out before the log begins.
            ended.Add(new FlexLmLogSession(Ended(ToSession(item), item)) { Count = rest });
        }

        return ended;
    }

    // No single session has this number: ends several, or a part of one. The rest of that one stays in its place.
    private static int EndOldest(OpenSessions sessions, int rest, List<FlexLmLogSession> ended, FlexLmLogEvent item)
    {
        while (rest > 0 && sessions.TakeOldest() is { } oldest)
        {
            int count = Math.Min(oldest.Count, rest);
            ended.Add(new FlexLmLogSession(Ended(oldest, item)) { Count = count });
            if (oldest.Count > count)
            {
                sessions.PutBack(new FlexLmLogSession(oldest) { Count = oldest.Count - count });
            }

            rest -= count;
        }

        return rest;
    }

    /// <summary>Removes and returns all sessions: ended by a stop, or open if there was no stop.</summary>
    public List<FlexLmLogSession> TakeAll(StopRequest? stop)
    {
        var all = new List<FlexLmLogSession>(Count);
        foreach (OpenSessions sessions in open.Values)
        {
            foreach (FlexLmLogSession session in sessions.All)
            {
                all.Add(stop is null ? session : new FlexLmLogSession(session)
                {
                    End = stop.Time,
                    EndedBy = FlexLmSessionEnd.DaemonStopped,
                    IsDateKnown = session.IsDateKnown && stop.IsDateKnown,
                });
            }
        }

        open.Clear();
        Count = 0;
        return all;
    }

    private static FlexLmLogSession Ended(FlexLmLogSession session, FlexLmLogEvent item) => new FlexLmLogSession(session)
    {
        End = item.Time,
        EndedBy = item.Reason.Length == 0 ? FlexLmSessionEnd.Returned : FlexLmSessionEnd.TakenBack,
        Reason = item.Reason,
        IsDateKnown = session.IsDateKnown && item.IsDateKnown,
    };

    private static FlexLmLogSession ToSession(FlexLmLogEvent item) => new()
    {
        Daemon = item.Daemon,
        Feature = item.Feature,
        User = item.User,
        HostName = item.HostName,
        Project = item.Project,
        Count = item.Count,
        IsDateKnown = item.IsDateKnown,
        Source = item.Source,
    };

    private readonly struct SessionKey(FlexLmLogEvent item) : IEquatable<SessionKey>
    {
        private readonly string feature = item.Feature;
        private readonly string user = item.User;
        private readonly string host = item.HostName;

        public bool Equals(SessionKey other) =>
            string.Equals(feature, other.feature, StringComparison.Ordinal)
            && string.Equals(user, other.user, StringComparison.Ordinal)
            && string.Equals(host, other.host, StringComparison.Ordinal);

        public override bool Equals(object? obj) => obj is SessionKey other && Equals(other);

        public override int GetHashCode() => unchecked(
            (((StringComparer.Ordinal.GetHashCode(feature) * 31) + StringComparer.Ordinal.GetHashCode(user)) * 31)
            + StringComparer.Ordinal.GetHashCode(host));
    }
}
