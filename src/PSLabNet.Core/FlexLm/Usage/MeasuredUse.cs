using PSLabNet.FlexLm.Usage.Tallies;

namespace PSLabNet.FlexLm.Usage;

/// <summary>The use of a feature, with the curves that its numbers are taken from.</summary>
/// <param name="Usage">The numbers.</param>
/// <param name="InUse">For how long each number of licenses was in use.</param>
/// <param name="Demand">For how long each number of licenses was in use or waited for.</param>
/// <param name="Week">Average use of each hour of the week; null if it was not asked for, or for a part of the use.</param>
internal sealed record MeasuredUse(FlexLmUsage Usage, DurationCurve InUse, DurationCurve Demand, WeeklyUse? Week);
