using System;

namespace PSLabNet.Fuzz.Targets;

/// <summary>A zone with summer time that is the same on every machine.</summary>
internal static class Zones
{
    public static TimeZoneInfo Lab { get; } = Make();

    private static TimeZoneInfo Make()
    {
        var spring = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday);
        var autumn = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), spring, autumn);
        return TimeZoneInfo.CreateCustomTimeZone("Lab", TimeSpan.FromHours(1), "Lab", "Lab", "Lab summer", [rule]);
    }
}
