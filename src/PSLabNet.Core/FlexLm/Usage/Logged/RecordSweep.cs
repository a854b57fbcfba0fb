using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>Adds up the times of a feature of a log: what was in use and waited for at each moment, over the covered times.</summary>
internal sealed class RecordSweep(UsageOptions options, TallyTable table, Parties parties, IReadOnlyList<CoveredSpan> spans, int? issued, CancellationToken stop)
{
    /// <summary>Adds the rows of all parties, and those of each.</summary>
    public void Add(List<UseInterval> intervals, List<DeniedRequest> denials)
    {
        Sweep(Parties.All, intervals);
        for (int index = 1; index < spans.Count; index++)
        {
            table.AddGap(spans[index - 1].To, spans[index].From);
        }

        if (options.HasParties)
        {
            foreach (IGrouping<int, UseInterval> row in intervals.SelectMany(one => parties.RowsOf(one.Party), (one, row) => (one, row)).GroupBy(pair => pair.row, pair => pair.one))
            {
                Sweep(row.Key, [.. row]);
            }
        }

        foreach (UseInterval interval in intervals)
        {
            if (interval.Is(IntervalKind.Use))
            {
                AddCheckout(interval);
            }
        }

        foreach (DeniedRequest denial in denials)
        {
            foreach (int row in RowsOf(denial.Party))
            {
                table.At(row, denial.At).AddDenial();
            }
        }
    }

    private void Sweep(int row, List<UseInterval> intervals)
    {
        Step[] steps = StepsOf(intervals);
        int next = 0;
        long inUse = 0;
        long waiting = 0;
        foreach (CoveredSpan span in spans)
        {
            stop.ThrowIfCancellationRequested();
            while (next < steps.Length && steps[next].At < span.From)
            {
                Take(steps[next++]);
            }

            long at = span.From;
            for (; next < steps.Length && steps[next].At <= span.To; next++)
            {
                AddTime(row, at, steps[next].At, inUse, waiting);
                Take(steps[next]);
                at = steps[next].At;
                if (inUse + waiting > 0)
                {
                    table.At(row, at).Observe(at, LevelOf(row, inUse, waiting));
                }
            }

            AddTime(row, at, span.To, inUse, waiting);
            if (row == Parties.All)
            {
                table.At(row, at).Observe(at, LevelOf(row, inUse, waiting));
            }
        }

        void Take(Step step)
        {
            inUse += step.InUse;
            waiting += step.Waiting;
        }
    }

    // The rows of single parties are completed with the time in which they held nothing.
    private void AddTime(int row, long from, long to, long inUse, long waiting)
    {
        if (to > from && (row == Parties.All || inUse + waiting > 0))
        {
            table.AddTime(row, from, to, LevelOf(row, inUse, waiting));
        }
    }

    private UsageLevel LevelOf(int row, long inUse, long waiting) =>
        new(Limit(inUse), Limit(inUse + waiting), 0, row == Parties.All ? issued : null);

    // A log may contain any number.
    private static int Limit(long count) => (int)Math.Max(0, Math.Min(int.MaxValue, count));

    private static Step[] StepsOf(List<UseInterval> intervals)
    {
        var steps = new Step[2 * intervals.Count];
        for (int index = 0; index < intervals.Count; index++)
        {
            UseInterval one = intervals[index];
            int use = one.Is(IntervalKind.Use) ? one.Count : 0;
            steps[2 * index] = new Step(one.From, one.FromOrder, use, one.Count - use);
            steps[(2 * index) + 1] = new Step(one.To, one.ToOrder, -use, use - one.Count);
        }

        Array.Sort(steps);
        return steps;
    }

    private void AddCheckout(UseInterval interval)
    {
        int user = parties.UserOf(interval.Party);
        foreach (int row in RowsOf(interval.Party))
        {
            foreach (CoveredSpan span in spans)
            {
                long from = Math.Max(span.From, interval.From);
                long to = Math.Min(span.To, interval.To);
                if (to > from || (to == from && interval.From == interval.To))
                {
                    table.AddUser(row, user, from, to);
                }
            }

            if (interval.Is(IntervalKind.Unstarted))
            {
                continue;
            }

            UsageTally tally = table.At(row, interval.From);
            if (interval.Is(IntervalKind.Open))
            {
                tally.AddHeld(interval.To - interval.From);
            }
            else
            {
                tally.AddReturned(interval.To - interval.From);
            }
        }
    }

    private IEnumerable<int> RowsOf(int party) => parties.RowsOf(party).Append(Parties.All);

    private readonly struct Step(long at, long order, int inUse, int waiting) : IComparable<Step>
    {
        public long At { get; } = at;

        public int InUse { get; } = inUse;

        public int Waiting { get; } = waiting;

        private long Order { get; } = order;

        // One line can end a wait and begin a checkout: the end comes first.
        public int CompareTo(Step other) =>
            At != other.At ? At.CompareTo(other.At)
            : Order != other.Order ? Order.CompareTo(other.Order)
            : (InUse + Waiting).CompareTo(other.InUse + other.Waiting);
    }
}
