using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>The numbers of one row, added up from times at constant use. The order of the times does not matter.</summary>
internal sealed class UsageTally
{
    private HashSet<int>? users;
    private List<long>? returned;
    private long issuedAt = long.MinValue;

    /// <summary>For how long each number of licenses was in use, over the covered time.</summary>
    public DurationCurve InUse { get; } = new();

    /// <summary>For how long each number of licenses was in use or waited for.</summary>
    public DurationCurve Demand { get; } = new();

    /// <summary>Beginning and end in UTC ticks.</summary>
    public long From { get; private set; } = long.MaxValue;

    public long To { get; private set; } = long.MinValue;

    /// <summary>False if there are single moments only.</summary>
    public bool HasTime => InUse.Total + GapTicks > 0;

    /// <summary>Time that the record does not cover, in ticks.</summary>
    public long GapTicks { get; private set; }

    public int? Peak { get; private set; }

    public long PeakAt { get; private set; }

    public int? PeakDemand { get; private set; }

    /// <summary>Time with a known number of licenses issued, and the part of it in which none was free.</summary>
    public long IssuedTicks { get; private set; }

    public long LimitTicks { get; private set; }

    /// <summary>The last known number of licenses issued, and the extremes.</summary>
    public int? Issued { get; private set; }

    public int LeastIssued { get; private set; } = int.MaxValue;

    public int MostIssued { get; private set; } = int.MinValue;

    /// <summary>Licenses times ticks overnight.</summary>
    public double NightLicenseTicks { get; private set; }

    public int DenialCount { get; private set; }

    public int UserCount => users?.Count ?? 0;

    public long? Longest { get; private set; }

    public int ShortCount { get; private set; }

    /// <summary>Adds a time at constant use.</summary>
    public void Add(long from, long to, UsageLevel level, bool isNight)
    {
        long ticks = to - from;
        Reach(from, to);
        InUse.Add(level.InUse, ticks);
        Demand.Add(level.Demand, ticks);
        if (level.IsAtLimit is { } isAtLimit)
        {
            IssuedTicks += ticks;
            LimitTicks += isAtLimit ? ticks : 0;
        }

        if (isNight)
        {
            NightLicenseTicks += (double)level.InUse * ticks;
        }

        Observe(from, level);
    }

    /// <summary>Notes the use at one moment.</summary>
    public void Observe(long at, UsageLevel level)
    {
        Reach(at, at);
        if (Peak is null || level.InUse > Peak || (level.InUse == Peak && at < PeakAt))
        {
            Peak = level.InUse;
            PeakAt = at;
        }

        PeakDemand = Math.Max(PeakDemand ?? 0, level.Demand);
        if (level.Issued is { } issued)
        {
            LeastIssued = Math.Min(LeastIssued, issued);
            MostIssued = Math.Max(MostIssued, issued);
            if (at >= issuedAt)
            {
                Issued = issued;
                issuedAt = at;
            }
        }
    }

    /// <summary>Adds a time that the record does not cover.</summary>
    public void AddGap(long from, long to)
    {
        Reach(from, to);
        GapTicks += to - from;
    }

    public void AddUser(int user) => (users ??= []).Add(user);

    public void AddDenial() => DenialCount++;

    /// <summary>Notes how long a checkout was held until it was returned.</summary>
    public void AddReturned(long ticks)
    {
        (returned ??= []).Add(ticks);
        ShortCount += ticks < TimeSpan.TicksPerMinute ? 1 : 0;
        AddHeld(ticks);
    }

    /// <summary>Notes for how long a checkout was held, at least.</summary>
    public void AddHeld(long ticks) => Longest = Math.Max(Longest ?? 0, ticks);

    /// <summary>Median of the times that returned checkouts were held; of an even number, the mean of the middle two.</summary>
    public long? MedianReturned()
    {
        if (returned is null)
        {
            return null;
        }

        returned.Sort();
        long upper = returned[returned.Count / 2];
        return returned.Count % 2 == 1 ? upper : returned[(returned.Count / 2) - 1] + ((upper - returned[(returned.Count / 2) - 1]) / 2);
    }

    /// <summary>
    /// Completes the row of one party with the time in which it held nothing. Times of a party are added only while it holds
    /// licenses or waits for them: with many users, that is much less.
    /// </summary>
    /// <param name="all">The row of all parties, with the same calendar keys.</param>
    public void FillFrom(UsageTally all)
    {
        long idle = all.InUse.Total - InUse.Total;
        InUse.Add(0, idle);
        Demand.Add(0, idle);
        Reach(all.From, all.To);
        GapTicks = all.GapTicks;
        Issued = all.Issued;
        LeastIssued = all.LeastIssued;
        MostIssued = all.MostIssued;
        if (Peak is null)
        {
            Peak = 0;
            PeakAt = all.From;
        }

        PeakDemand ??= 0;
    }

    private void Reach(long from, long to)
    {
        From = Math.Min(From, from);
        To = Math.Max(To, to);
    }
}
