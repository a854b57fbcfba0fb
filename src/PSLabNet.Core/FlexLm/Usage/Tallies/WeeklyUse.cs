namespace PSLabNet.FlexLm.Usage.Tallies;

/// <summary>Average use of each hour of the week, in local time, for a heat map.</summary>
internal sealed class WeeklyUse
{
    private const int HoursPerWeek = 7 * 24;

    private readonly double[] licenseTicks = new double[HoursPerWeek];
    private readonly long[] coveredTicks = new long[HoursPerWeek];

    /// <summary>Adds a time within one hour of the week.</summary>
    public void Add(int hourOfWeek, int inUse, long ticks)
    {
        licenseTicks[hourOfWeek] += (double)inUse * ticks;
        coveredTicks[hourOfWeek] += ticks;
    }

    /// <summary>Average use in an hour of the week; null if the record does not cover it.</summary>
    /// <param name="hourOfWeek">0 is the hour after midnight of Sunday, 24 that of Monday.</param>
    public double? Average(int hourOfWeek) => coveredTicks[hourOfWeek] == 0 ? null : licenseTicks[hourOfWeek] / coveredTicks[hourOfWeek];
}
