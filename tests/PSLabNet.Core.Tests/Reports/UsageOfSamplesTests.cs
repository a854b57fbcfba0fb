using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Report.Data;
using Xunit;

namespace PSLabNet.Tests.Reports;

/// <summary>What the page makes of samples, and of what each user holds.</summary>
public sealed class UsageOfSamplesTests
{
    // A Monday.
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Samples_become_a_series_with_what_was_issued_last()
    {
        var builder = new FlexLmReportBuilder();
        builder.Add(Sample(0, 2, 10));
        builder.Add(new FlexLmSample { Time = Start.AddMinutes(5), Server = "s", Vendor = "v", Feature = "f" });
        builder.Add(Sample(10, 5, 12, reserved: 1));

        FlexLmUsageSeries series = builder.ToReport("r", Start.AddHours(1)).Use.Single();

        Assert.Equal(("s", "v", "f", 12), (series.Server, series.Vendor, series.Feature, series.Issued));
        Assert.Equal([2, 6], series.Points.Select(point => point.Peak));
    }

    [Fact]
    public void The_hours_of_the_week_are_averages_over_time()
    {
        var builder = new FlexLmReportBuilder(name => name == "f", TimeZoneInfo.Utc);

        // Half of the first hour 4, half of it 8; then 3 for an hour; then nothing is known until Tuesday.
        builder.Add(Sample(0, 4));
        builder.Add(Sample(30, 8));
        builder.Add(Sample(60, 3));
        builder.Add(Sample(90, 3));
        builder.Add(Sample(120, 1));
        builder.Add(Sample(24 * 60, 9));
        builder.Add(Sample((24 * 60) + 30, 9));
        builder.Add(Sample((24 * 60) + 60, 0));

        IReadOnlyList<double?> hours = builder.ToReport("r", Start).Measured.Single().Hours!;

        Assert.Equal(168, hours.Count);
        Assert.Equal([6.0, 3.0], hours.Take(2));
        Assert.Null(hours[12]);
        Assert.Equal(9.0, hours[24]);
        Assert.Null(hours[30]);
    }

    [Fact]
    public void How_many_licenses_were_needed_stands_in_a_table_with_a_curve()
    {
        var builder = new FlexLmReportBuilder();
        for (int at = 0; at <= 100; at++)
        {
            builder.Add(Sample(at * 10, at is 50 or 51 ? 12 : 4));
        }

        FlexLmReport report = builder.ToReport("r", Start.AddDays(1));

        MeasuredFeature measured = report.Measured.Single();
        Assert.Equal((12, 0.02), (measured.Curve[0].Level, Math.Round(measured.Curve[0].Share, 6)));
        Assert.Equal((4, 1.0), (measured.Curve[1].Level, measured.Curve[1].Share));
        Assert.Null(measured.Hours);
        var row = (XmlElement)ReportPageText.Parse(report).SelectSingleNode("//table[contains(@class, 'needs')]/tbody/tr")!;
        Assert.Equal("f v, s|10|12|4|12|12|–|100 %|", string.Join("|", row.ChildNodes.Cast<XmlElement>().Select(cell => cell.InnerText)));
        Assert.NotNull(row.SelectSingleNode(".//svg/path[@class = 'issued']"));
    }

    [Fact]
    public void A_curve_of_a_thousand_levels_keeps_its_peak_and_its_end()
    {
        var builder = new FlexLmReportBuilder();
        for (int at = 0; at <= 1000; at++)
        {
            builder.Add(Sample(at * 10, at));
        }

        IReadOnlyList<CurveStep> curve = builder.ToReport("r", Start).Measured.Single().Curve;

        Assert.InRange(curve.Count, 10, 62);
        Assert.Equal(999, curve[0].Level);
        Assert.Equal(1.0, curve[^1].Share);
    }

    [Fact]
    public void Hours_are_those_of_the_zone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-1), "test", "test");
        var builder = new FlexLmReportBuilder(_ => true, zone);
        builder.Add(Sample(0, 4));
        builder.Add(Sample(60, 4));

        // Sunday, 23:00.
        Assert.Equal(4.0, builder.ToReport("r", Start).Measured.Single().Hours![167]);
    }

    [Fact]
    public void A_map_shows_its_numbers_in_the_cells()
    {
        var builder = new FlexLmReportBuilder(_ => true, TimeZoneInfo.Utc);
        builder.Add(Sample(0, 1));
        builder.Add(Sample(60, 20));
        builder.Add(Sample(120, 0));

        XmlDocument page = ReportPageText.Parse(builder.ToReport("r", Start));

        string[] monday = [.. page.SelectNodes("//figure[@class='heat']//tbody/tr[th = 'Monday']/td")!.Cast<XmlElement>().Select(cell => cell.InnerText)];
        Assert.Equal(["1", "20", "–"], monday.Take(3));
        Assert.Equal(24, monday.Length);
        Assert.Equal("h9", ((XmlElement)page.SelectNodes("//figure[@class='heat']//tbody/tr[1]/td")![1]!).GetAttribute("class"));
    }

    [Fact]
    public void Each_user_stands_with_everything_that_he_holds()
    {
        var builder = new FlexLmReportBuilder();
        builder.Add(Feature("s1", "MATLAB", ("ada", "ws1", 2), ("Ada", "ws2", 1), ("grace", "ws1", 1)));
        builder.Add(Feature("s2", "ansys", ("ada", "ws1", 1)));

        XmlDocument page = ReportPageText.Parse(builder.ToReport("r", Start));

        string[] rows = [.. page.SelectNodes("//table[contains(@class, 'users')]/tbody/tr")!.Cast<XmlElement>().Select(row => string.Join("|", row.ChildNodes.Cast<XmlElement>().Select(cell => cell.InnerText)))];
        Assert.Equal(["ada|4|MATLAB (3), ansys|ws1, ws2|–", "grace|1|MATLAB|ws1|–"], rows);
    }

    [Fact]
    public void What_is_older_than_a_day_is_marked_and_counted()
    {
        var builder = new FlexLmReportBuilder();
        builder.Add(Feature("old", "MATLAB"));
        builder.Add(new FlexLmFeature(Feature("new", "ansys")) { CheckedAt = Start.AddHours(26) });

        XmlDocument page = ReportPageText.Parse(builder.ToReport("r", Start.AddHours(27)));

        Assert.Equal(2, page.SelectNodes("//span[. = '1 d 3 h old']")!.Count);
        Assert.Contains("old", ReportPageText.Text(page, "incomplete"), StringComparison.Ordinal);
        Assert.Contains("1gap in the data", page.SelectSingleNode("//ul[@class='tiles']")!.InnerText.Replace(" ", string.Empty).Replace("gapinthedata", "gap in the data"), StringComparison.Ordinal);
    }

    [Fact]
    public void Thresholds_decide_what_is_full_and_what_expires_soon()
    {
        var builder = new FlexLmReportBuilder { Thresholds = new ReportThresholds { FullPercent = 50, ExpiryDays = 90 } };
        builder.Add(new FlexLmFeature(Feature("s", "MATLAB")) { Issued = 10, ReportedInUse = 5, Expires = Start.AddDays(80) });

        XmlDocument page = ReportPageText.Parse(builder.ToReport("r", Start));
        string head = page.SelectSingleNode("//ul[@class='tiles']")!.InnerText;

        Assert.Contains("1 feature is full", head, StringComparison.Ordinal);
        Assert.Contains("At 50 % or more", head, StringComparison.Ordinal);
        Assert.Contains("1 feature expires soon", head, StringComparison.Ordinal);
        Assert.NotNull(page.SelectSingleNode("//span[. = 'Within 90 days']"));
    }

    private static FlexLmSample Sample(int minute, int inUse, int? issued = 10, int? reserved = null) =>
        new() { Time = Start.AddMinutes(minute), Server = "s", Vendor = "v", Feature = "f", InUse = inUse, Issued = issued, Reserved = reserved };

    private static FlexLmFeature Feature(string server, string name, params (string User, string Host, int Count)[] holders) => new()
    {
        Server = server,
        Vendor = "v",
        Name = name,
        Issued = 10,
        ReportedInUse = holders.Sum(holder => holder.Count),
        IsComplete = true,
        CheckedAt = Start,
        Checkouts = [.. holders.Select(holder => new FlexLmCheckout { User = holder.User, HostName = holder.Host, Count = holder.Count })],
    };
}
