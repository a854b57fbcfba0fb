using System;
using System.Globalization;
using System.IO;
using System.Linq;
using FsCheck.Fluent;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;
using Xunit;

namespace PSLabNet.Tests.Reports;

public sealed class UsageOverTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Checkouts_and_returns_add_up_to_what_is_in_use()
    {
        FlexLmUsageSeries series = Single(Log(FlexLmLogKind.Out, 0, 2), Log(FlexLmLogKind.Out, 10, 3), Log(FlexLmLogKind.In, 20, 4));

        Assert.Equal([2, 5, 1], series.Points.Select(point => point.Last));
        Assert.Equal(5, series.Peak);
        Assert.Equal(Start.AddMinutes(10), series.PeakAt);
        Assert.Equal(3.5, series.Average);
        Assert.Equal(Start, series.Points[0].Start);
    }

    [Fact]
    public void Returned_licenses_without_a_checkout_in_the_log_were_held_before_it_began()
    {
        FlexLmUsageSeries series = Single(Log(FlexLmLogKind.Out, 0), Log(FlexLmLogKind.In, 10, 3), Log(FlexLmLogKind.Out, 20));

        Assert.Equal([3, 0, 1], series.Points.Select(point => point.Last));
    }

    [Fact]
    public void A_daemon_that_restarts_holds_nothing_from_before()
    {
        FlexLmUsageSeries series = Single(
            Log(FlexLmLogKind.In, 0, 2), Log(FlexLmLogKind.Out, 10, 4), new FlexLmLogEvent(Log(FlexLmLogKind.Restarted, 20)) { Feature = string.Empty }, Log(FlexLmLogKind.Out, 30));

        Assert.Equal([0, 4, 0, 1], series.Points.Select(point => point.Last));
    }

    [Fact]
    public void Denials_are_in_the_plot_and_in_the_counts()
    {
        var builder = new FlexLmReportBuilder();
        foreach (FlexLmLogEvent item in new[] { Log(FlexLmLogKind.Out, 0), Log(FlexLmLogKind.Denied, 10), Log(FlexLmLogKind.Denied, 10), new FlexLmLogEvent(Log(FlexLmLogKind.Unsupported, 15)) { Feature = "other", ErrorNumber = -18 } })
        {
            builder.Add(item);
        }

        FlexLmReport report = builder.ToReport("r", Start);

        Assert.Equal(2, report.Use.Single().Points[1].Denied);
        Assert.Equal(3, report.Denials!.Total);
        Assert.Equal([("MATLAB", 2L), ("other", 1L)], report.Denials.Groups.Select(group => (group.Feature, group.Count)));
        Assert.Equal("other", report.Denials.Latest[0].Feature);
    }

    [Fact]
    public void Only_the_last_denials_are_kept_individually()
    {
        var builder = new FlexLmReportBuilder();
        foreach (int minute in Enumerable.Range(0, 1000).OrderBy(at => (at * 7919) % 1000))
        {
            builder.Add(Log(FlexLmLogKind.Denied, minute));
        }

        FlexLmDenialSummary denials = builder.ToReport("r", Start).Denials!;

        Assert.Equal(1000, denials.Total);
        Assert.Equal(Enumerable.Range(950, 50).Reverse().Select(minute => Start.AddMinutes(minute)), denials.Latest.Select(item => item.Time));
        Assert.Equal((Start, Start.AddMinutes(999)), (denials.Groups.Single().First, denials.Groups.Single().Last));
    }

    [Fact]
    public void Snapshots_at_several_times_become_a_series_and_the_last_one_is_shown()
    {
        var builder = new FlexLmReportBuilder();
        foreach (int hour in new[] { 2, 0, 1 })
        {
            builder.Add(new FlexLmFeature { Server = "s", Vendor = "v", Name = "f", Issued = 9, ReportedInUse = hour * 3, CheckedAt = Start.AddHours(hour) });
        }

        FlexLmReport report = builder.ToReport("r", Start);

        Assert.Equal(6, report.Features.Single().ReportedInUse);
        Assert.Equal([0, 3, 6], report.Use.Single().Points.Select(point => point.Peak));
        Assert.Equal(9, report.Use.Single().Issued);
    }

    [Fact]
    public void One_snapshot_is_not_a_series()
    {
        var builder = new FlexLmReportBuilder();
        builder.Add(new FlexLmFeature { Name = "f", ReportedInUse = 1, CheckedAt = Start });

        Assert.Empty(builder.ToReport("r", Start).Use);
    }

    [Fact]
    public void Logs_of_two_servers_over_the_same_time_are_not_added_up_and_rotated_ones_are_one()
    {
        var builder = new FlexLmReportBuilder();
        foreach ((string source, int minute) in new[] { ("a.1", 0), ("a.1", 5), ("a", 10), ("a", 15), ("b", 3), ("b", 12) })
        {
            builder.Add(new FlexLmLogEvent(Log(FlexLmLogKind.Out, minute)) { Source = source });
        }

        Assert.Equal([("a", 4), ("b", 2)], builder.ToReport("r", Start).Use.Select(series => (series.Source, series.Peak)));
    }

    [Fact]
    public void A_history_of_any_length_keeps_its_peak_and_a_limited_number_of_points() => Prop.ForAll(
        Gen.Choose(0, 500).Two().Select(pair => (Seconds: 1 << (pair.Item1 % 24), Use: pair.Item2)).ArrayOf(2000).ToArbitrary(),
        steps =>
        {
            var history = new UsageHistory();
            DateTimeOffset time = Start;
            foreach ((int seconds, int inUse) in steps)
            {
                time += TimeSpan.FromSeconds(seconds);
                history.Set(time, inUse);
            }

            FlexLmUsageSeries series = history.ToSeries();
            return series.Points.Count <= UsageHistory.MostBuckets
                && series.Peak == steps.Max(step => step.Use)
                && series.Points.Max(point => point.Peak) == series.Peak
                && series.Points[^1].Last == steps[^1].Use
                && series.Points.Zip(series.Points.Skip(1)).All(pair => pair.First.Start < pair.Second.Start);
        }).Holds(30);

    [Fact]
    public void A_plot_never_leaves_its_frame()
    {
        var document = ReportPageText.Parse(SampleReport.Laboratory());
        string[] lines = [.. document.SelectNodes("//svg/path[@class='line']/@d")!.Cast<System.Xml.XmlAttribute>().Select(d => d.Value)];

        Assert.Equal(6, lines.Length);
        Assert.All(lines, line => Assert.All(Steps(line), step => Assert.InRange(step.Value, 0, step.Letter == 'V' ? 100 : 1000)));

        static (char Letter, double Value)[] Steps(string line) =>
            [.. System.Text.RegularExpressions.Regex.Matches(line, "([HV])([0-9.-]+)").Select(match => (match.Groups[1].Value[0], double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];
    }

    [Fact]
    public void The_last_possible_time_is_drawn_like_any_other()
    {
        // A log may have any date. Its last interval can end after the last possible day.
        DateTimeOffset last = new(9998, 12, 31, 23, 59, 59, TimeSpan.Zero);
        foreach (TimeSpan offset in new[] { TimeSpan.FromHours(14), TimeSpan.Zero, TimeSpan.FromHours(-12) })
        {
            var builder = new FlexLmReportBuilder();
            builder.Add(Log(FlexLmLogKind.Out, 0));
            builder.Add(new FlexLmLogEvent(Log(FlexLmLogKind.Out, 0)) { Time = last });
            builder.Add(new FlexLmLogEvent(Log(FlexLmLogKind.In, 0)) { Time = last });
            using var page = new StringWriter();

            FlexLmReportWriter.Write(page, builder.ToReport("r", Start.ToOffset(offset)));

            Assert.Contains("class=\"line\"", page.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_count_of_licenses_that_overflows_is_never_negative()
    {
        FlexLmUsageSeries many = Single(Log(FlexLmLogKind.Out, 0, int.MaxValue), Log(FlexLmLogKind.Out, 10, int.MaxValue), Log(FlexLmLogKind.Out, 20));
        FlexLmUsageSeries few = Single(Log(FlexLmLogKind.In, 0, int.MaxValue), Log(FlexLmLogKind.In, 10, int.MaxValue), Log(FlexLmLogKind.Out, 20, int.MaxValue));

        Assert.All(many.Points.Concat(few.Points), point => Assert.True(point.Peak >= point.Last && point.Last >= 0, point.ToString()));
        Assert.True(many.Peak > 1_000_000_000 && few.Peak > 1_000_000_000);
        Assert.True(many.Average >= 0 && few.Average >= 0);
    }

    [Fact]
    public void Many_features_and_starts_take_no_longer_than_others()
    {
        const int Count = 60_000;
        var builder = new FlexLmReportBuilder();
        for (int index = 0; index < Count; index++)
        {
            builder.Add(new FlexLmLogEvent(Log(FlexLmLogKind.Out, 0)) { Feature = index.ToString(CultureInfo.InvariantCulture) });
        }

        // If each start looked at each feature, this would take more than a minute.
        Comparison.AssertNoTimesLonger(() => Restart(builder), () => Restart(new FlexLmReportBuilder()));
        Assert.Equal(Count + 1, builder.ToReport("r", Start).Use.Count);

        static void Restart(FlexLmReportBuilder restarted)
        {
            for (int index = 0; index < Count; index++)
            {
                restarted.Add(new FlexLmLogEvent(Log(FlexLmLogKind.Restarted, 10)) { Feature = string.Empty });
                restarted.Add(Log(FlexLmLogKind.Out, 20));
            }
        }
    }

    private static FlexLmUsageSeries Single(params FlexLmLogEvent[] events)
    {
        var builder = new FlexLmReportBuilder();
        foreach (FlexLmLogEvent item in events)
        {
            builder.Add(item);
        }

        return builder.ToReport("r", Start).Use.Single();
    }

    private static FlexLmLogEvent Log(FlexLmLogKind kind, int minute, int count = 1) => new()
    {
        Kind = kind,
        Time = Start.AddMinutes(minute),
        IsDateKnown = true,
        Daemon = "MLM",
        Feature = "MATLAB",
        User = "alice",
        HostName = "ws1",
        Count = count,
        Source = "a.log",
    };
}
