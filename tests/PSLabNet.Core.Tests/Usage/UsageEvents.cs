using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using PSLabNet.FlexLm.Usage;
using PSLabNet.FlexLm.Usage.Tallies;
using Xunit;

namespace PSLabNet.Tests.Usage;

/// <summary>Short forms of what tests of use need.</summary>
internal static class UsageEvents
{
    public static TimeZoneInfo Berlin => Zone("Europe/Berlin");

    public static TimeZoneInfo Zone(string id)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (TimeZoneNotFoundException)
        {
            Assert.Skip($"This system does not know the zone {id} (on Debian and Ubuntu: apt-get install tzdata).");
            throw;
        }
    }

    /// <summary>Reads the text of a log whose first line is on Monday, 2026-11-02, in UTC.</summary>
    public static IReadOnlyList<FlexLmLogEvent> Log(string text, string source = "vendor.log", string day = "2026-11-02") =>
        [.. FlexLmLogReader.Read(new System.IO.StringReader(text), new FlexLmLogOptions { Source = source, TimeZone = TimeZoneInfo.Utc, StartDate = DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture) })];

    public static IReadOnlyList<MeasuredUse> Measure(this IEnumerable<FlexLmLogEvent> events, UsageOptions? options = null)
    {
        var meter = new UsageMeter(options ?? new UsageOptions { TimeZone = TimeZoneInfo.Utc });
        foreach (FlexLmLogEvent item in events)
        {
            meter.Add(item);
        }

        return [.. meter.Complete()];
    }

    public static IReadOnlyList<MeasuredUse> Measure(this IEnumerable<FlexLmSample> samples, UsageOptions? options = null)
    {
        var meter = new UsageMeter(options ?? new UsageOptions { TimeZone = TimeZoneInfo.Utc });
        foreach (FlexLmSample sample in samples)
        {
            meter.Add(sample);
        }

        return [.. meter.Complete()];
    }

    public static UsageOptions By(params FlexLmUsageKey[] keys) => new() { By = keys, TimeZone = TimeZoneInfo.Utc };

    public static FlexLmUsage Only(this IReadOnlyList<MeasuredUse> uses) => uses.Single().Usage;
}
