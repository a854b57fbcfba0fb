using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>For how long each number of licenses was in use. The order of the times does not matter, so it needs little memory.</summary>
internal sealed class DurationCurve
{
    private readonly Dictionary<int, long> ticksByLevel = [];

    // Most times follow one at the same level.
    private int lastLevel;
    private long lastTicks;

    /// <summary>Length of all times, in ticks.</summary>
    public long Total { get; private set; }

    /// <summary>Average level over the time; null if there is no time.</summary>
    public double? Average => Total == 0 ? null : Levels().Sum(level => (double)level.Level * level.Ticks) / Total;

    /// <summary>Adds a time.</summary>
    public void Add(int level, long ticks)
    {
        Total += ticks;
        if (level == lastLevel)
        {
            lastTicks += ticks;
            return;
        }

        Flush();
        lastLevel = level;
        lastTicks = ticks;
    }

    /// <summary>The levels in rising order, each with its time in ticks.</summary>
    public IReadOnlyList<(int Level, long Ticks)> Levels()
    {
        Flush();
        return [.. ticksByLevel.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value))];
    }

    /// <summary>The smallest level that was not exceeded in a share of the time; null if there is no time.</summary>
    /// <param name="percent">The share, 1 to 100.</param>
    public int? Quantile(int percent)
    {
        decimal wanted = (decimal)Total * percent / 100;
        long sum = 0;
        foreach ((int level, long ticks) in Levels())
        {
            sum += ticks;
            if (sum >= wanted)
            {
                return level;
            }
        }

        return null;
    }

    private void Flush()
    {
        if (lastTicks > 0)
        {
            ticksByLevel.TryGetValue(lastLevel, out long known);
            ticksByLevel[lastLevel] = known + lastTicks;
            lastTicks = 0;
        }
    }
}
