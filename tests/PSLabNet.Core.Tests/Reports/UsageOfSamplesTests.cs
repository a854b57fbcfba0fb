using System;
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

        // Half of the first hour 4, half of it 8; then 3 for an hour; nothing is known until Tuesday; then nothing.
        builder.Add(Sample(0, 4));
        builder.Add(Sample(30, 8));
        builder.Add(Sample(60, 3));
        builder.Add(Sample(120, 1));
        builder.Add(Sample(24 * 60, 9));
        builder.Add(Sample((24 * 60) + 15, 0));

        FlexLmHeatMap map = builder.ToReport("r", Start).HeatMaps.Single();

        Assert.Equal(168, map.Averages.Count);
        Assert.Equal([6.0, 3.0, null], map.Averages.Take(3));
        Assert.Equal(9.0, map.Averages[24]);
        Assert.Equal(3, map.Averages.Count(average => average is not null));
    }

    [Fact]
    public void The_hours_of_the_week_of_a_log_are_raised_like_its_series()
    {
        var builder = new FlexLmReportBuilder(_ => true, TimeZoneInfo.Utc);
        builder.Add(new FlexLmLogEvent { Kind = FlexLmLogKind.Out, Daemon = "v", Feature = "f", Count = 1, Time = Start });
        builder.Add(new FlexLmLogEvent { Kind = FlexLmLogKind.In, Daemon = "v", Feature = "f", Count = 3, Time = Start.AddHours(1) });
        builder.Add(new FlexLmLogEvent { Kind = FlexLmLogKind.Out, Daemon = "v", Feature = "f", Count = 1, Time = Start.AddHours(2) });

        Assert.Equal([3.0, 0.0, null], builder.ToReport("r", Start).HeatMaps.Single().Averages.Take(3));
    }

    [Fact]
    public void Hours_are_those_of_the_zone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-1), "test", "test");
        var builder = new FlexLmReportBuilder(_ => true, zone);
        builder.Add(Sample(0, 4));
        builder.Add(Sample(60, 4));

        // Sunday, 23:00.
        Assert.Equal(4.0, builder.ToReport("r", Start).HeatMaps.Single().Averages[167]);
    }

    [Fact]
    public void Thousands_of_years_take_no_time()
    {
        var hours = new WeekdayHours(TimeZoneInfo.Utc);

        hours.Add(0, DateTimeOffset.MaxValue.UtcTicks, 2);

        Assert.All(hours.ToAverages(), average => Assert.Equal(2.0, average!.Value, 6));
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
