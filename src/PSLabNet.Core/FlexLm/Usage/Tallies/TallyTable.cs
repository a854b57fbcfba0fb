using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>The rows of one feature: one for each party and for each combination of calendar keys.</summary>
internal sealed class TallyTable(UsageOptions options, LocalCalendar calendar)
{
    private readonly Dictionary<(int Party, CalendarKey Key), UsageTally> tallies = [];

    // Most times follow one of the same row.
    private (int Party, CalendarKey Key) lastKey = (int.MinValue, default);
    private UsageTally? lastTally;

    /// <summary>Average use of each hour of the week; null if it was not asked for.</summary>
    public WeeklyUse? Week { get; } = options.HasWeek ? new WeeklyUse() : null;

    /// <summary>The rows.</summary>
    public IEnumerable<KeyValuePair<(int Party, CalendarKey Key), UsageTally>> Rows => tallies;

    /// <summary>Adds a time at constant use.</summary>
    public void AddTime(int party, long from, long to, UsageLevel level)
    {
        for (long at = from; at < to;)
        {
            CalendarSpan span = calendar.At(at);
            long end = Math.Min(span.To, to);
            Of(party, span.Key).Add(at, end, level, span.IsNight);
            if (party == Parties.All)
            {
                Week?.Add(span.HourOfWeek, level.InUse, end - at);
            }

            at = end;
        }
    }

    /// <summary>Adds a time that the record does not cover.</summary>
    public void AddGap(long from, long to)
    {
        if (!options.HasCalendar)
        {
            Of(Parties.All, default).AddGap(from, to);
            return;
        }

        // A wrong year must not make a row for each day of millennia.
        for (long at = from; at < to && to - from <= UsageOptions.LongestSilence.Ticks;)
        {
            CalendarSpan span = calendar.At(at);
            long end = Math.Min(span.To, to);
            Of(Parties.All, span.Key).AddGap(at, end);
            at = end;
        }
    }

    /// <summary>Notes a user who held licenses from one time to another, or at one moment.</summary>
    public void AddUser(int party, int user, long from, long to)
    {
        if (!options.HasCalendar)
        {
            Of(party, default).AddUser(user);
            return;
        }

        long at = from;
        do
        {
            CalendarSpan span = calendar.At(at);
            Of(party, span.Key).AddUser(user);
            at = span.To;
        }
        while (at < to);
    }

    /// <summary>The row that contains a time.</summary>
    public UsageTally At(int party, long time) => Of(party, options.HasCalendar ? calendar.At(time).Key : default);

    /// <summary>The row of all parties with the same calendar keys; null if there is none.</summary>
    public UsageTally? AllAt(CalendarKey key) => tallies.TryGetValue((Parties.All, key), out UsageTally? found) ? found : null;

    private UsageTally Of(int party, CalendarKey key)
    {
        if (lastTally is not null && lastKey.Party == party && (!options.HasCalendar || lastKey.Key == key))
        {
            return lastTally;
        }

        if (!tallies.TryGetValue((party, key), out UsageTally? tally))
        {
            tally = new UsageTally();
            tallies.Add((party, key), tally);
        }

        lastKey = (party, key);
        return lastTally = tally;
    }
}
