using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Usage;
using PSLabNet.FlexLm.Usage.Tallies;
using Xunit;

namespace PSLabNet.Tests.Usage;

/// <summary>Records that no daemon writes: numbers stay numbers, and agree with each other.</summary>
public sealed class HostileRecordTests
{
    private static readonly string[] Words = ["OUT:", "IN:", "QUEUED:", "DEQUEUED:", "DENIED:", "EXITING", "Server started on lic1", "TIMESTAMP 11/2/2026", "TIMESTAMP 1/1/2027", "Shutdown requested", "REStarted MLM (internet)"];
    private static readonly string[] Daemons = ["MLM", "lmgrd", "other"];

    [Fact]
    public void Lines_in_any_order_give_numbers_that_agree()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int line = 0; line < 60; line++)
            {
                text.AppendFormat(
                    CultureInfo.InvariantCulture, "{0}:{1:00}:00 ({2}) {3} \"F{4}\" u{5}@h  {6}\n",
                    random.Next(24), random.Next(60), Daemons[random.Next(3)], Words[random.Next(Words.Length)], random.Next(2), random.Next(2), random.Next(5) == 0 ? "(2147483647 licenses)" : string.Empty);
            }

            IEnumerable<FlexLmLogEvent> events = UsageEvents.Log(text.ToString()).Concat(UsageEvents.Log(text.ToString(), "second", "2026-11-01"));
            foreach (FlexLmUsage use in events.Measure(UsageEvents.By(FlexLmUsageKey.User, FlexLmUsageKey.Weekday)).Concat(events.Measure()).Select(one => one.Usage))
            {
                Assert.InRange(use.Coverage, 0, 1);
                Assert.True(use.To >= use.From);
                Assert.True(use.Median is null || (0 <= use.Median && use.Median <= use.P95 && use.P95 <= use.P99 && use.P99 <= use.Peak), $"{seed}: {use.Median} {use.P95} {use.P99} {use.Peak}");
                Assert.True(use.NeededFor99 is null || (use.P99 <= use.NeededFor99 && use.NeededFor99 <= use.NeededForAll && use.Peak <= use.NeededForAll), $"{seed}");
                Assert.True(use.Average is null or >= 0 && use.IdleHours is null or >= 0);
                Assert.True((use.LongestCheckout ?? TimeSpan.Zero) >= (use.MedianCheckout ?? TimeSpan.Zero) && (use.MedianCheckout ?? TimeSpan.Zero) >= TimeSpan.Zero);
            }
        }
    }

    [Fact]
    public void A_log_of_a_wrong_clock_makes_no_rows_for_millennia()
    {
        const string Log = """
            10:00:00 (MLM) TIMESTAMP 11/2/2026
            10:00:00 (MLM) OUT: "F" alice@ws1
            10:30:00 (MLM) TIMESTAMP 11/2/2026
            11:00:00 (MLM) TIMESTAMP 11/2/9999
            11:00:00 (MLM) OUT: "F" bob@ws2
            12:00:00 (MLM) TIMESTAMP 11/2/9999
            """;

        IReadOnlyList<MeasuredUse> days = UsageEvents.Log(Log).Measure(UsageEvents.By(FlexLmUsageKey.Day));

        Assert.Equal(["2026", "9999"], days.Where(day => day.Usage.Peak > 0).Select(day => day.Usage.Day!.Substring(0, 4)));
        Assert.InRange(days.Count, 2, 4);
    }

    [Fact]
    public void Samples_of_the_first_and_last_possible_day_are_measured()
    {
        foreach (string zone in new[] { "Pacific/Auckland", "America/New_York", "UTC" })
        {
            UsageOptions options = new() { By = [FlexLmUsageKey.Month], TimeZone = UsageEvents.Zone(zone) };
            FlexLmSample[] samples = [.. new[] { DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddDays(1), DateTimeOffset.MaxValue.AddDays(-1), DateTimeOffset.MaxValue }
                .Select(time => new FlexLmSample { Time = time, Feature = "F", InUse = int.MaxValue, Queued = int.MaxValue, Issued = int.MaxValue })];
            IReadOnlyList<MeasuredUse> uses = samples.Take(2).Measure(options);
            Assert.Equal(1, uses[0].Usage.Coverage);
            uses = samples.Skip(2).Measure(options);
            Assert.Equal((int.MaxValue, 1.0), (uses[0].Usage.NeededForAll, uses[0].Usage.ShareAtLimit));
        }
    }
}
