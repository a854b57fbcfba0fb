using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;

namespace PSLabNet.Tests.Usage;

/// <summary>
/// A random log of one feature, and what was true at each second of it. The truth is kept as the events are made: nothing of
/// it is computed from the log.
/// </summary>
internal sealed class RandomLog
{
    public const int Window = 40;

    private static readonly string[] Users = ["alice", "bob", "carl", "dora"];

    private readonly Random random;
    private readonly List<FlexLmLogEvent> events = [];
    private readonly List<(string User, int From, int Count)> held = [];
    private readonly List<(string User, int Count)> queued = [];
    private readonly Dictionary<string, (int Last, bool IsWaiting)> denied = [];
    private readonly bool hasRestarts;
    private readonly int now;
    private bool isRunning = true;

    public RandomLog(int seed, DateTimeOffset start, int seconds, bool hasRestarts)
    {
        random = new Random(seed);
        Start = start;
        this.hasRestarts = hasRestarts;
        Seconds = new Second[seconds];
        Add(FlexLmLogKind.Other, string.Empty, 0);
        for (now = 0; now < seconds; now++)
        {
            int number = random.Next(12) == 0 ? random.Next(1, 4) : 0;
            for (int index = 0; index < number; index++)
            {
                Happen();
                Observe(Seconds[now] ??= new Second());
            }

            Seconds[now] = Truth(Seconds[now] ?? new Second());
        }

        Add(FlexLmLogKind.Other, string.Empty, 0);
        foreach ((string User, int From, int Count) one in held)
        {
            Held.Add((one.User, one.From, seconds, false));
        }
    }

    public DateTimeOffset Start { get; }

    public IReadOnlyList<FlexLmLogEvent> Events => events;

    public Second[] Seconds { get; }

    /// <summary>All checkouts.</summary>
    public List<(string User, int From, int To, bool IsReturned)> Held { get; } = [];

    /// <summary>The first denial of each request.</summary>
    public List<(string User, int At)> Denials { get; } = [];

    private void Happen()
    {
        string user = Users[random.Next(Users.Length)];
        int what = random.Next(100);
        if (!isRunning)
        {
            if (what < 20)
            {
                Add(FlexLmLogKind.Started, string.Empty, 0);
                isRunning = true;
            }

            return;
        }

        if (what < 30)
        {
            int count = random.Next(4) == 0 ? 2 : 1;
            Add(FlexLmLogKind.Out, user, count);
            held.Add((user, now, count));
            _ = queued.Remove(queued.FirstOrDefault(one => one.User == user));
            Satisfy(user);
        }
        else if (what < 65)
        {
            if (held.Count > 0)
            {
                // The log does not tell which of two equal checkouts is returned: it is the oldest.
                (string User, int From, int Count) one = held[random.Next(held.Count)];
                one = held.First(other => other.User == one.User && other.Count == one.Count);
                Add(FlexLmLogKind.In, one.User, one.Count);
                held.Remove(one);
                Held.Add((one.User, one.From, now, true));
            }
        }
        else if (what < 75)
        {
            Add(FlexLmLogKind.Queued, user, 1);
            queued.Add((user, 1));
            Satisfy(user);
        }
        else if (what < 82)
        {
            if (queued.Count > 0)
            {
                (string User, int Count) one = queued[random.Next(queued.Count)];
                Add(FlexLmLogKind.Dequeued, one.User, 1);
                queued.Remove(one);
            }
        }
        else if (what < 97)
        {
            Add(FlexLmLogKind.Denied, user, 1);
            if (!denied.TryGetValue(user, out (int Last, bool IsWaiting) known) || now - known.Last > Window)
            {
                Denials.Add((user, now));
            }

            denied[user] = (now, true);
        }
        else if (hasRestarts)
        {
            Add(FlexLmLogKind.Shutdown, string.Empty, 0);
            isRunning = false;
            foreach ((string User, int From, int Count) one in held)
            {
                Held.Add((one.User, one.From, now, true));
            }

            held.Clear();
            queued.Clear();
        }
    }

    private void Satisfy(string user)
    {
        if (denied.TryGetValue(user, out (int Last, bool IsWaiting) known))
        {
            denied[user] = (known.Last, false);
        }
    }

    private int InUse => held.Sum(one => one.Count);

    private int Waiting => queued.Sum(one => one.Count) + denied.Values.Count(one => one.IsWaiting && now < one.Last + Window);

    private void Observe(Second second)
    {
        second.Peak = Math.Max(second.Peak, InUse);
        second.PeakDemand = Math.Max(second.PeakDemand, InUse + Waiting);
    }

    private Second Truth(Second second)
    {
        Observe(second);
        second.InUse = InUse;
        second.Demand = InUse + Waiting;
        second.IsCovered = isRunning;
        second.ByUser = held.GroupBy(one => one.User).ToDictionary(user => user.Key, user => user.Sum(one => one.Count));
        return second;
    }

    private void Add(FlexLmLogKind kind, string user, int count) => events.Add(new FlexLmLogEvent
    {
        Time = Start.AddSeconds(now),
        Daemon = "MLM",
        Kind = kind,
        Feature = user.Length > 0 ? "MATLAB" : string.Empty,
        User = user,
        HostName = user.Length > 0 ? "ws-" + user : string.Empty,
        Count = count,
        ErrorNumber = kind == FlexLmLogKind.Denied ? -4 : null,
        Source = "vendor.log",
        Text = kind == FlexLmLogKind.Shutdown ? "EXITING DUE TO SIGNAL 15" : string.Empty,
    });

    internal sealed class Second
    {
        public int InUse { get; set; }

        public int Demand { get; set; }

        public bool IsCovered { get; set; }

        public int Peak { get; set; }

        public int PeakDemand { get; set; }

        public Dictionary<string, int> ByUser { get; set; } = [];
    }
}
