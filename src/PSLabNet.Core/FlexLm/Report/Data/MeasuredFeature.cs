using System.Collections.Generic;
using PSLabNet.FlexLm.Usage;
using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>How a feature was used over a time: how many licenses were needed, and when.</summary>
/// <param name="Usage">The numbers.</param>
/// <param name="Curve">For which part of the time at least so many licenses were in use, the most first.</param>
/// <param name="Hours">The average in each hour of the week, Monday's first; null if nobody asked for it.</param>
internal sealed record MeasuredFeature(FlexLmUsage Usage, IReadOnlyList<CurveStep> Curve, IReadOnlyList<double?>? Hours)
{
    public const int Days = 7;
    public const int HoursPerDay = 24;

    // A plot is 100 pixels wide.
    private const int MostSteps = 60;

    /// <summary>The licenses that are missing, in 99 % of the time; negative if some are left over, null if unknown.</summary>
    public int? Missing => Usage.NeededFor99 - Usage.Issued;

    /// <summary>Takes what the page shows of a measurement.</summary>
    /// <param name="use">The measurement.</param>
    /// <param name="hasHours">Whether the hours of the week are shown.</param>
    public static MeasuredFeature Of(MeasuredUse use, bool hasHours) =>
        new(use.Usage, CurveOf(use.InUse), hasHours && use.Week is { } week ? HoursOf(week) : null);

    /// <summary>Order on the page: those that lack most licenses first, then the ones that were most often at their limit.</summary>
    public static int ScarcestFirst(MeasuredFeature left, MeasuredFeature right) =>
        (right.Missing ?? int.MinValue).CompareTo(left.Missing ?? int.MinValue) is int byMissing and not 0 ? byMissing
            : (right.Usage.ShareAtLimit ?? -1).CompareTo(left.Usage.ShareAtLimit ?? -1) is int byShare and not 0 ? byShare
            : string.CompareOrdinal(left.Usage.Feature, right.Usage.Feature);

    private static List<CurveStep> CurveOf(DurationCurve curve)
    {
        IReadOnlyList<(int Level, long Ticks)> levels = curve.Levels();
        var steps = new List<CurveStep>();
        long passed = 0;
        double drawn = 0;
        for (int at = levels.Count - 1; at >= 0; at--)
        {
            passed += levels[at].Ticks;
            double share = (double)passed / curve.Total;

            // A short time at the peak is drawn too, and so is the end.
            if (steps.Count == 0 || at == 0 || share - drawn >= 1.0 / MostSteps)
            {
                steps.Add(new CurveStep(levels[at].Level, share));
                drawn = share;
            }
        }

        return steps;
    }

    // The week of the measurement begins with Sunday.
    private static double?[] HoursOf(WeeklyUse week)
    {
        var hours = new double?[Days * HoursPerDay];
        for (int hour = 0; hour < hours.Length; hour++)
        {
            hours[hour] = week.Average((hour + HoursPerDay) % hours.Length);
        }

        return hours;
    }
}

/// <summary>A step of a duration curve.</summary>
/// <param name="Level">Licenses in use.</param>
/// <param name="Share">The part of the time in which at least so many were in use, 0 to 1.</param>
internal readonly record struct CurveStep(int Level, double Share);
