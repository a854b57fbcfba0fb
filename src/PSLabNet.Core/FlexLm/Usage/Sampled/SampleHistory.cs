using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage.Sampled;

/// <summary>
/// The use of a feature from samples. A sample holds until the next one, unless that is further away than
/// <see cref="GapFactor"/> times the usual distance: then samples are missing, and the time between is a gap. Samples are
/// added up as they come and not kept.
/// </summary>
internal sealed class SampleHistory(TallyTable table, Parties parties)
{
    /// <summary>One missing sample is bridged, two are a gap.</summary>
    public const int GapFactor = 3;

    /// <summary>The usual distance is the median of so many.</summary>
    public const int UsualFrom = 100;

    private static readonly Dictionary<int, int> NoRows = [];

    // Each hole begins a new run: samples that come later may fill it, from files in another order. After this many, that is
    // no longer possible.
    private const int MostRuns = 100;

    // The latest first, so that samples in reverse order are added at the end.
    private readonly List<SampleRun> runs = [];
    private List<(Observation From, long To)> pending = [];
    private long shortest = long.MaxValue;
    private long usual;

    /// <summary>Samples that were left out, because their time lies within a time that was already added up.</summary>
    public int LateCount { get; private set; }

    /// <summary>Number of samples that were used.</summary>
    public int Count { get; private set; }

    /// <summary>True if some sample tells who held licenses.</summary>
    public bool HasParties { get; private set; }

    /// <summary>True if some sample tells who waits.</summary>
    public bool HasQueue { get; private set; }

    /// <summary>The rows.</summary>
    public TallyTable Table => table;

    /// <summary>The sample with the latest time.</summary>
    public Observation Last => runs[0].Last;

    /// <summary>Adds a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="pool">Tells samples of several pools at the same time, which add up, from the same sample twice.</param>
    public void Add(Observation sample, string pool)
    {
        HasParties |= sample.Parties is not null;
        HasQueue |= sample.Queued is not null;
        int index = IndexOf(sample.At);
        if (index == runs.Count)
        {
            runs.Add(new SampleRun(sample, pool));
        }
        else if (sample.At > runs[index].Last.At)
        {
            SampleRun run = runs[index];
            if (runs.Count < MostRuns && IsHole(sample.At - run.Last.At))
            {
                runs.Insert(index, new SampleRun(sample, pool));
            }
            else
            {
                Pass(run.Last, sample.At);
                run.Continue(sample, pool);
            }
        }
        else if (sample.At == runs[index].Last.At)
        {
            runs[index].TryJoin(sample, pool);
            return;
        }
        else
        {
            LateCount++;
            return;
        }

        Count++;
    }

    /// <summary>Adds what is held back. No sample can be added afterwards.</summary>
    public void Complete()
    {
        for (int index = runs.Count - 1; index >= 0; index--)
        {
            if (index > 0)
            {
                Pass(runs[index].Last, runs[index - 1].First);
            }
            else
            {
                Observe(runs[index].Last);
            }
        }

        Settle();
    }

    private bool IsHole(long distance) => distance - (distance / 3) > (usual > 0 ? usual : shortest);

    // The run that begins last before the time; the number of runs if none does.
    private int IndexOf(long at)
    {
        int low = 0;
        int high = runs.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (runs[middle].First <= at)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private void Pass(Observation sample, long until)
    {
        if (usual > 0)
        {
            Place(sample, until);
            return;
        }

        shortest = Math.Min(shortest, until - sample.At);
        pending.Add((sample, until));
        if (pending.Count == UsualFrom)
        {
            Settle();
        }
    }

    private void Settle()
    {
        if (usual == 0 && pending.Count > 0)
        {
            long[] distances = [.. pending.Select(one => one.To - one.From.At).OrderBy(one => one)];
            usual = Math.Min(distances[(distances.Length - 1) / 2], UsageOptions.LongestSilence.Ticks);
        }

        foreach ((Observation from, long to) in pending)
        {
            Place(from, to);
        }

        // Not cleared: an emptied list keeps its memory, and there are thousands of features.
        pending = [];
    }

    private void Place(Observation sample, long until)
    {
        if (sample.InUse is null || until - sample.At > GapFactor * usual)
        {
            Observe(sample);
            table.AddGap(sample.At, until);
            return;
        }

        AddUsers(sample);
        table.AddTime(Tallies.Parties.All, sample.At, until, sample.Level);
        foreach (KeyValuePair<int, int> row in RowsOf(sample))
        {
            table.AddTime(row.Key, sample.At, until, new UsageLevel(row.Value, row.Value, 0, null));
        }
    }

    private void Observe(Observation sample)
    {
        if (sample.InUse is null)
        {
            return;
        }

        table.At(Tallies.Parties.All, sample.At).Observe(sample.At, sample.Level);
        foreach (KeyValuePair<int, int> row in RowsOf(sample))
        {
            table.At(row.Key, sample.At).Observe(sample.At, new UsageLevel(row.Value, row.Value, 0, null));
        }

        AddUsers(sample);
    }

    private void AddUsers(Observation sample)
    {
        if (sample.Parties is null)
        {
            return;
        }

        foreach (int party in sample.Parties.Keys)
        {
            foreach (int row in parties.RowsOf(party).Append(Tallies.Parties.All))
            {
                table.At(row, sample.At).AddUser(parties.UserOf(party));
            }
        }
    }

    private Dictionary<int, int> RowsOf(Observation sample)
    {
        if (sample.Parties is not { Count: > 0 } held)
        {
            return NoRows;
        }

        var rows = new Dictionary<int, int>();
        foreach (KeyValuePair<int, int> one in held)
        {
            foreach (int row in parties.RowsOf(one.Key))
            {
                rows.TryGetValue(row, out int known);
                rows[row] = (int)Math.Min(int.MaxValue, (long)known + one.Value);
            }
        }

        return rows;
    }
}
