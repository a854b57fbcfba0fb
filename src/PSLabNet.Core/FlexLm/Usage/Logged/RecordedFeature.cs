using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Usage.Logged;

/// <summary>A feature over several logs, with the licenses that are held from one log to the next.</summary>
internal sealed class RecordedFeature
{
    private readonly Dictionary<(int Party, int Count), Queue<UseInterval>> carried = [];

    public List<UseInterval> Intervals { get; } = [];

    public List<DeniedRequest> Denials { get; } = [];

    /// <summary>Ends licenses that were checked out in an earlier log, the oldest of a party and number first.</summary>
    /// <param name="ended">What a log returns without having seen the checkout.</param>
    /// <param name="beginning">Since when licenses that no log has seen checked out are known to be held.</param>
    public void EndCarried(List<UseInterval> ended, Func<long, long> beginning)
    {
        foreach (UseInterval interval in ended)
        {
            Intervals.Add(carried.TryGetValue((interval.Party, interval.Count), out Queue<UseInterval>? held) && held.Count > 0
                ? held.Dequeue() with { To = interval.To, ToOrder = interval.ToOrder, Kind = interval.Kind }
                : interval with { From = Math.Min(beginning(interval.To), interval.To), FromOrder = -1, Kind = interval.Kind | IntervalKind.Unstarted });
        }
    }

    /// <summary>Ends the licenses of earlier logs, because the daemon stopped, or because a log is missing.</summary>
    public void DropCarried(long end)
    {
        foreach (Queue<UseInterval> held in carried.Values)
        {
            while (held.Count > 0)
            {
                UseInterval interval = held.Dequeue();
                Intervals.Add(interval with { To = Math.Max(end, interval.From), ToOrder = long.MaxValue, Kind = IntervalKind.Use | IntervalKind.Stopped });
            }
        }
    }

    /// <summary>Keeps the licenses that are held at the end of a log.</summary>
    public void Carry(List<UseInterval> open)
    {
        foreach (UseInterval interval in open)
        {
            var key = (interval.Party, interval.Count);
            if (!carried.TryGetValue(key, out Queue<UseInterval>? held))
            {
                carried.Add(key, held = new Queue<UseInterval>());
            }

            held.Enqueue(interval);
        }
    }

    /// <summary>Ends the record.</summary>
    /// <param name="end">The end of the last log.</param>
    /// <param name="spans">The covered times.</param>
    public void Complete(long end, IReadOnlyList<CoveredSpan> spans)
    {
        foreach (Queue<UseInterval> held in carried.Values)
        {
            foreach (UseInterval interval in held)
            {
                Intervals.Add(interval with { To = Math.Max(end, interval.From), ToOrder = long.MaxValue });
            }
        }

        carried.Clear();
        for (int index = 0; index < Intervals.Count; index++)
        {
            if (Intervals[index].Is(IntervalKind.Stopped))
            {
                Intervals[index] = Clip(Intervals[index], spans);
            }
        }
    }

    // A daemon that stopped held its licenses no longer than it ran.
    private static UseInterval Clip(UseInterval interval, IReadOnlyList<CoveredSpan> spans)
    {
        int low = 0;
        int high = spans.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (spans[middle].From < interval.To)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        long end = low == 0 ? interval.To : Math.Min(interval.To, spans[low - 1].To);
        return interval with { To = Math.Max(end, interval.From) };
    }
}
