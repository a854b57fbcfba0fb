using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;
using Xunit;

namespace PSLabNet.Tests.Reports;

public sealed class ReportPageTests
{
    private static readonly XmlDocument Laboratory = ReportPageText.Parse(SampleReport.Laboratory());

    [Fact]
    public void The_head_of_the_page_counts_what_matters()
    {
        string[] tiles = [.. Laboratory.SelectNodes("//li[starts-with(@class, 'tile')]")!.Cast<XmlElement>().Select(tile => tile.InnerText)];

        Assert.Equal("1 of 4 servers up2 degraded, 1 down", tiles[0]);
        Assert.StartsWith("2 features are full", tiles[1], StringComparison.Ordinal);
        Assert.StartsWith("2 features expire soonWithin 14 days; 1 has expired already", tiles[2], StringComparison.Ordinal);
        Assert.StartsWith("1 gap in the data", tiles[3], StringComparison.Ordinal);
        Assert.Contains("denials", tiles[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_within_the_page_leads_somewhere()
    {
        string[] ids = [.. Laboratory.SelectNodes("//@id")!.Cast<XmlAttribute>().Select(id => id.Value)];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(
            Laboratory.SelectNodes("//a/@href")!.Cast<XmlAttribute>(),
            link => Assert.Contains(link.Value[1..], ids));
    }

    [Fact]
    public void Features_are_sorted_by_usage_and_show_it_in_numbers_beside_the_bar()
    {
        string[] rows = [.. Laboratory.SelectNodes("(//table[contains(@class, 'features')])[1]/tbody/tr[1]")!.Cast<XmlElement>().Select(Cells)];

        Assert.Equal("Signal_Toolbox 49|100 %full|15|15|0|0|–|2026-12-31 Within 60 days|floating", rows[0]);
        Assert.Equal("MATLAB 49|96 %full|44|50|2|4|–|2026-12-31 Within 60 days|floating", rows[1]);
        Assert.Equal("Instr_Control_Toolbox 49|0 %|0|5|5|0|–|2026-11-11 Expired|floating", rows[^1]);
    }

    [Fact]
    public void The_holders_of_a_feature_are_in_details_which_need_no_script()
    {
        var details = (XmlElement)Laboratory.SelectSingleNode("//tbody[tr/th[starts-with(., 'ansys ')]]//details")!;

        Assert.Matches("^3 checkouts by [23] users, 2 waiting", details["summary"]!.InnerText);
        string[][] lines = [.. details["pre"]!.InnerText.Split('\n').Select(line => line.Split('\t'))];
        Assert.Equal(["User", "Host", "Kind", "Since (+01:00)", "For"], lines[0].Except(["Version", "Licenses"]));
        Assert.Equal(6, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        Assert.Equal(2, lines.Count(line => line[Array.IndexOf(lines[0], "Kind")] == "waiting"));
    }

    [Fact]
    public void A_page_of_5000_features_and_50000_checkouts_is_smaller_than_5_MB() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(ReportPageText.Write(SampleReport.Large(5000, 50_000))), 3_000_000, 5_000_000);

    [Fact]
    public void Incomplete_data_is_marked_at_the_top_and_beside_the_feature()
    {
        Assert.Contains("electronics_desktop", ReportPageText.Text(Laboratory, "incomplete"), StringComparison.Ordinal);
        Assert.Contains("27000@old.lab.example", ReportPageText.Text(Laboratory, "incomplete"), StringComparison.Ordinal);
        Assert.NotNull(Laboratory.SelectSingleNode("//tbody[tr/th[starts-with(., 'electronics_desktop')]]//p[starts-with(., 'Incomplete:')]"));
    }

    [Fact]
    public void Gaps_beyond_those_in_the_list_are_counted()
    {
        FlexLmReport report = SampleReport.Large(100, 100);
        report = report with { Features = [.. report.Features.Select(feature => new FlexLmFeature(feature) { IsComplete = false })] };

        XmlDocument page = ReportPageText.Parse(report);

        Assert.EndsWith("and 76 more entries\n", ReportPageText.Text(page, "incomplete").Trim() + "\n", StringComparison.Ordinal);
        Assert.Equal(100, page.SelectNodes("//p[starts-with(., 'Incomplete:')]")!.Count);
    }

    [Theory]
    [InlineData(-1, "Expired yesterday")]
    [InlineData(0, "Within 14 days today")]
    [InlineData(14, "Within 14 days in 14 days")]
    [InlineData(15, "Within 60 days in 15 days")]
    [InlineData(60, "Within 60 days in 60 days")]
    public void Expiries_are_sorted_by_urgency(int days, string state)
    {
        XmlDocument page = ReportPageText.Parse(Expiring(days));

        Assert.Contains(state, ReportPageText.Text(page, "expiry"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(61, true, "1 entry: later than in 60 days")]
    [InlineData(null, true, "1 entry: never")]
    [InlineData(null, false, "1 entry: not known when")]
    public void Expiries_that_are_not_urgent_are_folded_and_unknown_ones_are_not_shown_as_never(int? days, bool isKnown, string summary)
    {
        XmlDocument page = ReportPageText.Parse(Expiring(days, isKnown));

        Assert.Contains(summary, ReportPageText.Text(page, "expiry"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_log_the_page_says_that_denials_are_unknown() =>
        Assert.Contains("not known", ReportPageText.Text(ReportPageText.Parse(new FlexLmReport()), "denials"), StringComparison.Ordinal);

    [Fact]
    public void Numbers_and_times_are_the_same_in_every_culture()
    {
        string expected = ReportPageText.Write(SampleReport.Laboratory());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string name in new[] { "de-DE", "ar-SA", "th-TH", "fa-IR" })
            {
                CultureInfo.CurrentCulture = new CultureInfo(name);
                Assert.Equal(expected, ReportPageText.Write(SampleReport.Laboratory()));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Ten_times_the_features_make_at_most_ten_times_the_page()
    {
        long small = Length(SampleReport.Large(500, 5000));
        long large = Length(SampleReport.Large(5000, 50000));

        Assert.InRange(large, small * 5, small * 11);
        Assert.InRange(large, 1, 12_000_000);

        static long Length(FlexLmReport report)
        {
            using var stream = new MemoryStream();
            using (var writer = new StreamWriter(stream, FlexLmReportWriter.Encoding, bufferSize: 1024, leaveOpen: true))
            {
                FlexLmReportWriter.Write(writer, report);
            }

            return stream.Length;
        }
    }

    [Fact]
    public void A_page_of_five_thousand_features_is_written_quickly()
    {
        FlexLmReport report = SampleReport.Large(5000, 50000);
        FlexLmReport tenth = SampleReport.Large(500, 5000);

        // Takes well under a second. Quadratic time would be minutes.
        Comparison.AssertNoTimesLonger(
            () => FlexLmReportWriter.Write(TextWriter.Null, report),
            () => Enumerable.Range(0, 10).ToList().ForEach(_ => FlexLmReportWriter.Write(TextWriter.Null, tenth)));
    }

    private static FlexLmReport Expiring(int? days, bool isKnown = true) => new()
    {
        GeneratedAt = SampleReport.Now,
        Features = [new FlexLmFeature { Name = "f", Issued = 1, LicenseType = FlexLmLicenseType.Floating, IsExpiryKnown = isKnown, Expires = days is int left ? SampleReport.Now.AddDays(left) : null, IsComplete = true }],
    };

    private static string Cells(XmlElement row) => string.Join('|', row.ChildNodes.Cast<XmlElement>().Select(cell => cell.InnerText));
}
