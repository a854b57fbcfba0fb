using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>Counts denials by daemon, feature and reason, and keeps the last ones.</summary>
internal sealed class DenialTally
{
    /// <summary>Number of single denials that a page shows.</summary>
    public const int LatestKept = 50;

    private readonly Dictionary<(string Vendor, string Feature, string Reason, int? Number), FlexLmDenialGroup> groups = [];
    private readonly List<FlexLmLogEvent> latest = [];
    private DateTimeOffset? from;
    private DateTimeOffset? to;
    private long total;

    /// <summary>Notes the time of a log event of any kind.</summary>
    public void Saw(DateTimeOffset time)
    {
        from = from <= time ? from : time;
        to = to >= time ? to : time;
    }

    public void Add(FlexLmLogEvent denial)
    {
        total++;
        var key = (denial.Daemon, denial.Feature, denial.Reason, denial.ErrorNumber);
        groups[key] = groups.TryGetValue(key, out FlexLmDenialGroup? known)
            ? known with
            {
                Count = known.Count + 1,
                First = denial.Time < known.First ? denial.Time : known.First,
                Last = denial.Time > known.Last ? denial.Time : known.Last,
            }
            : new FlexLmDenialGroup
            {
                Vendor = denial.Daemon,
                Feature = denial.Feature,
                Reason = denial.Reason,
                ErrorNumber = denial.ErrorNumber,
                Count = 1,
                First = denial.Time,
                Last = denial.Time,
            };
        Keep(denial);
    }

    /// <summary>The counts; null if there was no log event at all.</summary>
    public FlexLmDenialSummary? ToSummary()
    {
        if (from is null)
        {
            return null;
        }

        var sorted = new List<FlexLmDenialGroup>(groups.Values);
        sorted.Sort((left, right) => right.Count.CompareTo(left.Count) is int byCount and not 0 ? byCount : right.Last.CompareTo(left.Last));
        var newestFirst = new List<FlexLmLogEvent>(latest);
        newestFirst.Reverse();
        return new FlexLmDenialSummary { Total = total, Groups = sorted, Latest = newestFirst, From = from, To = to };
    }

    private void Keep(FlexLmLogEvent denial)
    {
        int at = latest.Count;
        while (at > 0 && latest[at - 1].Time > denial.Time)
        {
            at--;
        }

        latest.Insert(at, denial);
        if (latest.Count > LatestKept)
        {
            latest.RemoveAt(0);
        }
    }
}
