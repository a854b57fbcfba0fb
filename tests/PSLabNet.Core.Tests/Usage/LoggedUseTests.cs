using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Usage;
using PSLabNet.FlexLm.Usage.Tallies;
using Xunit;

namespace PSLabNet.Tests.Usage;

public sealed class LoggedUseTests
{
    [Fact]
    public void A_rotated_log_goes_on_and_the_time_between_is_a_gap()
    {
        IEnumerable<FlexLmLogEvent> first = UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            11:00:00 (MLM) OUT: "MATLAB" bob@ws2
            """, "vendor.log.1");
        IEnumerable<FlexLmLogEvent> second = UsageEvents.Log("""
            11:30:00 (MLM) TIMESTAMP 11/2/2026
            12:00:00 (MLM) IN: "MATLAB" alice@ws1
            12:30:00 (MLM) TIMESTAMP 11/2/2026
            """, "vendor.log");

        // In whatever order the files come.
        foreach (FlexLmUsage use in new[] { first.Concat(second).Measure().Only(), second.Concat(first).Measure().Only() })
        {
            Assert.Equal(2, use.Peak);
            Assert.Equal(0.8, use.Coverage, 9);
            Assert.Equal((1.0 + (2 * 0.5) + 0.5) / 2, use.Average!.Value, 9);
            Assert.Equal(TimeSpan.FromHours(2), use.MedianCheckout);
            Assert.Equal("vendor.log", use.Source);
        }
    }

    [Fact]
    public void Logs_over_the_same_time_are_of_different_servers()
    {
        string log = """
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            11:00:00 (MLM) IN: "MATLAB" alice@ws1
            """;
        Assert.Equal(["a.log", "b.log"], UsageEvents.Log(log, "a.log").Concat(UsageEvents.Log(log, "b.log")).Measure().Select(one => one.Usage.Source));
    }

    [Fact]
    public void After_a_missing_log_what_was_held_before_is_not_counted()
    {
        IEnumerable<FlexLmLogEvent> first = UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            11:00:00 (MLM) TIMESTAMP 11/2/2026
            """, "1.log");
        IEnumerable<FlexLmLogEvent> second = UsageEvents.Log("""
            10:00:00 (MLM) TIMESTAMP 11/5/2026
            12:00:00 (MLM) TIMESTAMP 11/5/2026
            """, "2.log", "2026-11-05");
        Assert.Equal(1.0 / 3, first.Concat(second).Measure().Only().Average!.Value, 9);
    }

    [Fact]
    public void A_crash_is_a_gap_from_the_last_line_before_it()
    {
        FlexLmUsage use = UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            11:00:00 (lmgrd) MLM exited with status 0 signal = 11
            11:45:00 (lmgrd) REStarted MLM (internet tcp_port 27001 pid 4711)
            11:45:00 (MLM) Server started on lic1 for: MATLAB
            12:00:00 (MLM) OUT: "MATLAB" bob@ws2
            13:00:00 (MLM) IN: "MATLAB" bob@ws2
            """).Measure().Only();
        Assert.Equal(2.25 / 3, use.Coverage, 9);
        Assert.Equal(1, use.Peak);
        Assert.Equal(TimeSpan.FromHours(1), use.LongestCheckout);

        use = UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            11:00:00 (MLM) OUT: "MATLAB" bob@ws2
            12:00:00 (MLM) Server started on lic1 for: MATLAB
            13:00:00 (MLM) TIMESTAMP 11/2/2026
            """).Measure().Only();
        Assert.Equal(2.0 / 3, use.Coverage, 9);
        Assert.Equal(0.5, use.Average!.Value, 9);
        Assert.Equal(TimeSpan.FromHours(1), use.LongestCheckout);
    }

    [Fact]
    public void Licenses_held_before_the_log_begins_count_from_its_beginning()
    {
        FlexLmUsage use = UsageEvents.Log("""
            10:00:00 (MLM) TIMESTAMP 11/2/2026
            11:00:00 (MLM) IN: "MATLAB" alice@ws1
            12:00:00 (MLM) TIMESTAMP 11/2/2026
            """).Measure().Only();
        Assert.Equal((1, 0.5, 1), (use.Peak, use.Average, use.UserCount));
        Assert.Null(use.LongestCheckout);
        Assert.Null(use.MedianCheckout);
    }

    [Fact]
    public void Only_denials_that_more_licenses_would_have_avoided_are_needed()
    {
        FlexLmUsage use = UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            10:10:00 (MLM) DENIED: "MATLAB" bob@ws2  (Licensed number of users already reached. (-4,342))
            10:20:00 (MLM) DENIED: "MATLAB" carl@ws3  (User/host not on INCLUDE list for feature. (-39,349))
            10:30:00 (MLM) IN: "MATLAB" alice@ws1
            """).Measure().Only();
        Assert.Equal((2, 2, 2, 1), (use.DenialCount, use.NeededForAll, use.NeededFor95, use.P95));
    }

    [Fact]
    public void A_checkout_within_one_second_counts_for_peak_and_needed_but_takes_no_time()
    {
        FlexLmUsage use = UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            10:00:00 (MLM) IN: "MATLAB" alice@ws1
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            10:00:00 (MLM) IN: "MATLAB" alice@ws1
            11:00:00 (MLM) TIMESTAMP 11/2/2026
            """).Measure().Only();
        Assert.Equal((1, 0.0, 1, 0, 2, 1), (use.Peak, use.Average, use.NeededForAll, use.NeededFor99, use.ShortCheckoutCount, use.UserCount));
    }

    [Fact]
    public void The_licenses_issued_come_from_a_feature_that_is_piped_in_too()
    {
        var meter = new UsageMeter(UsageEvents.By(FlexLmUsageKey.Feature));
        meter.Add(new FlexLmFeature { Server = "27000@lic1", Vendor = "MLM", Name = "MATLAB", Issued = 2, InUse = 1, CheckedAt = DateTimeOffset.UtcNow });
        foreach (FlexLmLogEvent item in UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1  (2 licenses)
            10:15:00 (MLM) IN: "MATLAB" alice@ws1  (2 licenses)
            11:00:00 (MLM) TIMESTAMP 11/2/2026
            """))
        {
            meter.Add(item);
        }

        FlexLmUsage use = meter.Complete(TestContext.Current.CancellationToken).ToArray().Only();
        Assert.Equal((2, 0.25), (use.Issued, use.ShareAtLimit));
        Assert.DoesNotContain(use.Notes, note => note.StartsWith("Issued", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_are_those_of_the_options_file_and_a_user_can_be_in_several()
    {
        var groups = new GroupMembers([
            new FlexLmOption { Keyword = "GROUP", Group = "optics", Names = ["alice", "bob"] },
            new FlexLmOption { Keyword = "GROUP", Group = "students", Names = ["bob"] },
        ]);
        IReadOnlyList<MeasuredUse> uses = UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            10:00:00 (MLM) OUT: "MATLAB" bob@ws2
            10:00:00 (MLM) OUT: "MATLAB" carl@ws3
            11:00:00 (MLM) TIMESTAMP 11/2/2026
            """).Measure(UsageEvents.By(FlexLmUsageKey.Group) with { Groups = groups });
        Assert.Equal([(string.Empty, 1), ("optics", 2), ("students", 1)], uses.Select(one => (one.Usage.Group!, one.Usage.Peak!.Value)));
    }

    [Fact]
    public void The_curves_of_a_feature_are_there_for_a_report()
    {
        MeasuredUse use = UsageEvents.Log("""
            10:00:00 (MLM) OUT: "MATLAB" alice@ws1
            11:30:00 (MLM) IN: "MATLAB" alice@ws1
            12:00:00 (MLM) TIMESTAMP 11/2/2026
            """).Measure(UsageEvents.By(FlexLmUsageKey.Feature) with { HasWeek = true }).Single();
        Assert.Equal([(0, TimeSpan.TicksPerHour / 2), (1, 3 * TimeSpan.TicksPerHour / 2)], use.InUse.Levels());
        Assert.Equal((1.0, 0.5, null), (use.Week!.Average(34), use.Week.Average(35), use.Week.Average(36)));
    }
}
