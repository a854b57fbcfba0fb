using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>Average use in each hour of the week, weighted by time.</summary>
internal sealed class WeekdayHours
{
    public const int Days = 7;
    public const int Hours = 24;

    private readonly TimeZoneInfo zone;
    private readonly double[] area = new double[Days * Hours];
    private readonly double[] seconds = new double[Days * Hours];

    // The zone has one offset for all of an hour of UTC, except where its rules change within one.
    private long knownHour = -1;
    private TimeSpan knownOffset;

    public WeekdayHours(TimeZoneInfo zone) => this.zone = zone;

    /// <summary>Adds a time at constant use.</summary>
    /// <param name="from">Its start, in ticks of UTC.</param>
    /// <param name="to">Its end, in ticks of UTC.</param>
    /// <param name="inUse">Licenses in use.</param>
    public void Add(long from, long to, int inUse)
    {
        // A log can say that a license was held for 8,000 years: whole weeks are added at once.
        const long Week = Days * TimeSpan.TicksPerDay;
        long weeks = (to - from) / Week;
        if (weeks > 1)
        {
            for (int cell = 0; cell < area.Length; cell++)
            {
                area[cell] += inUse * (double)(weeks * 3600);
                seconds[cell] += weeks * 3600;
            }

            from += weeks * Week;
        }

        while (from < to)
        {
            long end = Math.Min(to, ((from / TimeSpan.TicksPerHour) + 1) * TimeSpan.TicksPerHour);
            int cell = CellOf(from);
            double passed = (end - from) / (double)TimeSpan.TicksPerSecond;
            area[cell] += inUse * passed;
            seconds[cell] += passed;
            from = end;
        }
    }

    /// <summary>Adds to the use of all times so far.</summary>
    public void Lift(int inUse)
    {
        for (int cell = 0; cell < area.Length; cell++)
        {
            area[cell] += inUse * seconds[cell];
        }
    }

    /// <summary>The average of each hour, Monday's first; null where nothing is known.</summary>
    public double?[] ToAverages()
    {
        var averages = new double?[area.Length];
        for (int cell = 0; cell < averages.Length; cell++)
        {
            averages[cell] = seconds[cell] > 0 ? area[cell] / seconds[cell] : null;
        }

        return averages;
    }

    private int CellOf(long utcTicks)
    {
        long hour = utcTicks / TimeSpan.TicksPerHour;
        if (hour != knownHour)
        {
            knownHour = hour;
            knownOffset = zone.GetUtcOffset(new DateTimeOffset(utcTicks, TimeSpan.Zero));
        }

        // Day 0 of .NET is a Monday.
        long local = Math.Max(0, utcTicks + knownOffset.Ticks);
        int day = (int)(local / TimeSpan.TicksPerDay % Days);
        return (day * Hours) + (int)(local / TimeSpan.TicksPerHour % Hours);
    }
}

/// <summary>Average use of a feature in each hour of the week.</summary>
internal sealed record FlexLmHeatMap
{
    /// <summary>The server, as the caller named it; empty if the use is from a log.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>Name of the vendor daemon.</summary>
    public string Vendor { get; init; } = string.Empty;

    /// <summary>Name of the feature.</summary>
    public string Feature { get; init; } = string.Empty;

    /// <summary>Licenses issued; null if they are not counted or unknown.</summary>
    public int? Issued { get; init; }

    /// <summary>168 averages: the 24 hours of Monday, then those of the other days; null where nothing is known.</summary>
    public IReadOnlyList<double?> Averages { get; init => field = value.ToIndexable(); } = ResultCollection<double?>.None;
}
