using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>
/// Use of one feature over time, in at most <see cref="MostBuckets"/> intervals of equal length. The intervals double
/// as the time covered grows. Peaks are kept, and a log of any length needs the same memory.
/// </summary>
internal sealed class UsageHistory
{
    /// <summary>About one interval for each pixel of a plot.</summary>
    public const int MostBuckets = 480;

    // A log may contain any number. The limit keeps the sum of the highest and the lowest within an int.
    private const int MostCounted = int.MaxValue / 2;

    private readonly List<Bucket> buckets = [];
    private long width = TimeSpan.TicksPerSecond;
    private int current;
    private int peak;
    private int lowest;
    private long peakAt;
    private long firstTicks = long.MaxValue;
    private long lastTicks = long.MaxValue;
    private double area;
    private double seconds;

    /// <summary>Licenses issued as the newest sample says; null if unknown.</summary>
    public int? Issued { get; private set; }

    /// <summary>False if there are only denials.</summary>
    public bool HasUse => lastTicks != long.MaxValue;

    /// <summary>True if it has changed since the last start of its daemon.</summary>
    public bool IsUsedSinceStart { get; set; }

    public int PointCount => buckets.Count;

    /// <summary>Notes that licenses were checked out, or returned if the number is negative.</summary>
    public void Change(DateTimeOffset time, int count) => Set(time, (int)Math.Max(-MostCounted, Math.Min(MostCounted, (long)current + count)));

    /// <summary>Sets the number in use.</summary>
    public void Set(DateTimeOffset time, int inUse)
    {
        if (time.UtcTicks > lastTicks)
        {
            double passed = (time.UtcTicks - lastTicks) / (double)TimeSpan.TicksPerSecond;
            area += current * passed;
            seconds += passed;
        }

        if (inUse > peak || !HasUse)
        {
            peak = inUse;
            peakAt = time.UtcTicks;
        }

        lowest = Math.Min(lowest, inUse);
        firstTicks = Math.Min(firstTicks, time.UtcTicks);
        lastTicks = time.UtcTicks;
        current = inUse;
        Bucket bucket = BucketOf(time);
        bucket.Peak = bucket.IsUse ? Math.Max(bucket.Peak, inUse) : inUse;
        bucket.Last = inUse;
        bucket.IsUse = true;
    }

    /// <summary>Sets the numbers that a server reported.</summary>
    public void Sample(DateTimeOffset time, int inUse, int? issued)
    {
        if (time.UtcTicks >= lastTicks || !HasUse)
        {
            Issued = issued;
        }

        Set(time, inUse);
    }

    /// <summary>Sets the number in use to zero, for a daemon that starts although the log does not contain its end.</summary>
    public void Empty(DateTimeOffset time)
    {
        // Licenses held before the first event end here, so they are added only to the time before now.
        foreach (Bucket bucket in buckets)
        {
            bucket.Peak -= lowest;
            bucket.Last -= lowest;
        }

        peak -= lowest;
        current -= lowest;
        area -= lowest * seconds;
        lowest = 0;
        if (current > 0)
        {
            Set(time, 0);
        }
    }

    public void Deny(DateTimeOffset time) => BucketOf(time).Denied++;

    /// <summary>
    /// The series. If the changes add up to less than zero, licenses were checked out before the first event. Then the
    /// series is raised so that it is never below zero.
    /// </summary>
    public FlexLmUsageSeries ToSeries()
    {
        int lift = -lowest;
        var points = new List<FlexLmUsePoint>(buckets.Count);
        int last = lift;
        foreach (Bucket bucket in buckets)
        {
            int top = bucket.IsUse ? bucket.Peak + lift : last;
            last = bucket.IsUse ? bucket.Last + lift : last;
            points.Add(new FlexLmUsePoint(new DateTimeOffset(Start(bucket, points.Count), TimeSpan.Zero), top, last, bucket.Denied));
        }

        return new FlexLmUsageSeries
        {
            Points = points,
            Interval = TimeSpan.FromTicks(width),
            Peak = peak + lift,
            PeakAt = new DateTimeOffset(peakAt, TimeSpan.Zero),
            Average = lift + (seconds > 0 ? area / seconds : current),
        };
    }

    // Intervals are aligned to the clock; the first one begins with the first event.
    private long Start(Bucket bucket, int at)
    {
        long start = bucket.Index * width;
        return at == 0 && firstTicks > start && firstTicks < start + width ? firstTicks : start;
    }

    private Bucket BucketOf(DateTimeOffset time)
    {
        long index = time.UtcTicks / width;
        while (buckets.Count > 0 && Math.Max(index, buckets[buckets.Count - 1].Index) - Math.Min(index, buckets[0].Index) >= MostBuckets)
        {
            Coarsen();
            index = time.UtcTicks / width;
        }

        // Events are in the order of time, except between files.
        int at = buckets.Count;
        while (at > 0 && buckets[at - 1].Index > index)
        {
            at--;
        }

        if (at > 0 && buckets[at - 1].Index == index)
        {
            return buckets[at - 1];
        }

        var added = new Bucket { Index = index };
        buckets.Insert(at, added);
        return added;
    }

    private void Coarsen()
    {
        width *= 2;
        int kept = 0;
        foreach (Bucket bucket in buckets.ToArray())
        {
            bucket.Index /= 2;
            if (kept > 0 && buckets[kept - 1].Index == bucket.Index)
            {
                buckets[kept - 1].Append(bucket);
            }
            else
            {
                buckets[kept++] = bucket;
            }
        }

        buckets.RemoveRange(kept, buckets.Count - kept);
    }

    private sealed class Bucket
    {
        public long Index { get; set; }

        public int Peak { get; set; }

        public int Last { get; set; }

        public int Denied { get; set; }

        /// <summary>False if it contains denials only.</summary>
        public bool IsUse { get; set; }

        public void Append(Bucket later)
        {
            Denied += later.Denied;
            if (later.IsUse)
            {
                Peak = IsUse ? Math.Max(Peak, later.Peak) : later.Peak;
                Last = later.Last;
                IsUse = true;
            }
        }
    }
}
