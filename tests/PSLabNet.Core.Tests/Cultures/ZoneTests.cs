using System;
using System.IO;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using PSLabNet.FlexLm.Logs;
using PSLabNet.Text;
using Xunit;

namespace PSLabNet.Tests.Cultures;

/// <summary>Local times in zones with unusual clock changes.</summary>
public sealed class ZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2025-10-26T02:30:00", "02:00", "01:00")]
    [InlineData("Europe/Berlin", "2025-10-26T03:00:00", "01:00", "01:00")]
    [InlineData("Europe/Berlin", "2025-03-30T02:30:00", "01:00", "01:00")]
    [InlineData("Australia/Lord_Howe", "2025-04-06T01:29:59", "11:00", "11:00")]
    [InlineData("Australia/Lord_Howe", "2025-04-06T01:30:00", "11:00", "10:30")]
    [InlineData("Australia/Lord_Howe", "2025-04-06T02:00:00", "10:30", "10:30")]
    [InlineData("America/St_Johns", "2025-11-02T01:30:00", "-02:30", "-03:30")]
    [InlineData("America/New_York", "2025-11-02T01:30:00", "-04:00", "-05:00")]
    [InlineData("Asia/Kolkata", "2025-11-02T01:30:00", "05:30", "05:30")]
    [InlineData("Europe/Dublin", "2025-10-26T01:30:00", "01:00", "00:00")]
    [InlineData("Europe/Dublin", "2025-10-26T00:30:00", "01:00", "01:00")]
    [InlineData("Europe/Moscow", "2014-10-26T01:30:00", "04:00", "03:00")]
    public void A_local_time_has_the_offsets_of_its_zone(string zone, string local, string first, string second) => Assert.Equal(
        (Span(first), Span(second)),
        LocalTime.OffsetsOf(Zone(zone), DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_first_and_the_last_possible_time_have_an_offset()
    {
        TimeZoneInfo zone = Zone("Europe/Berlin");

        Assert.Equal((Span("01:00"), Span("01:00")), LocalTime.OffsetsOf(zone, DateTime.MinValue));
        Assert.Equal((Span("01:00"), Span("01:00")), LocalTime.OffsetsOf(zone, DateTime.MaxValue));
    }

    [Theory]
    [InlineData("Europe/Dublin", "10/26/2025", "1:59:59", "1:00:01")]
    [InlineData("Europe/Berlin", "10/26/2025", "2:59:59", "2:00:01")]
    [InlineData("Australia/Lord_Howe", "4/6/2025", "1:59:59", "1:30:01")]
    [InlineData("America/St_Johns", "11/2/2025", "1:59:59", "1:00:01")]
    [InlineData("America/Havana", "11/2/2025", "0:59:59", "0:00:01")]
    [InlineData("Europe/Moscow", "10/26/2014", "1:59:59", "1:00:01")]
    public void A_log_continues_two_seconds_later_when_its_clock_is_set_back(string zone, string date, string before, string after)
    {
        FlexLmLogEvent[] events = Read(zone, $"0:00:00 (v) TIMESTAMP {date}\n{before} (v) OUT: \"f\" a@h\n{after} (v) IN: \"f\" a@h\n");

        Assert.Equal(TimeSpan.FromSeconds(2), events[2].Time - events[1].Time);
    }

    [Fact]
    public void A_log_with_full_dates_and_no_offsets_also_continues_when_its_clock_is_set_back()
    {
        FlexLmLogEvent[] events = Read("Europe/Berlin", "2025-10-26 02:59:59 (v) OUT: \"f\" a@h\n2025-10-26 02:00:01 (v) IN: \"f\" a@h\n2025-10-26 03:00:01 (v) OUT: \"f\" a@h\n");

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)], [events[1].Time - events[0].Time, events[2].Time - events[1].Time]);
    }

    [Theory]
    [InlineData("12/31/2025", "2026-01-01T00:00:01+05:30")]
    [InlineData("2/28/2028", "2028-02-29T00:00:01+05:30")]
    [InlineData("2/28/2027", "2027-03-01T00:00:01+05:30")]
    public void A_midnight_without_a_date_line_ends_years_and_Februaries(string date, string next)
    {
        FlexLmLogEvent[] events = Read("Asia/Kolkata", $"23:00:00 (v) TIMESTAMP {date}\n0:00:01 (v) OUT: \"f\" a@h\n");

        Assert.Equal(Corpus.At(next), events[1].Time);
    }

    [Theory]
    [InlineData("America/New_York", "Sun 11/1/2026 1:40", "Sun 11/1 1:30", "2026-11-01T01:30:00-05:00")]
    [InlineData("America/New_York", "Sun 11/1/2026 1:10", "Sun 11/1 1:30", "2026-11-01T01:30:00-04:00")]
    [InlineData("America/New_York", "Sun 11/1/2026 9:00", "Sun 11/1 0:30", "2026-11-01T00:30:00-04:00")]
    [InlineData("Australia/Lord_Howe", "Sun 4/5/2026 1:35", "Sun 4/5 1:55", "2026-04-05T01:55:00+11:00")]
    [InlineData("Europe/Dublin", "Sun 10/26/2025 1:10", "Sun 10/26 1:30", "2025-10-26T01:30:00+01:00")]
    [InlineData("America/St_Johns", "Thu 1/1/2026 0:05", "Wed 12/31 23:55", "2025-12-31T23:55:00-03:30")]
    [InlineData("Asia/Kolkata", "Sat 3/1/2025 9:00", "Thu 2/29 8:00", "2024-02-29T08:00:00+05:30")]
    public void A_start_without_a_year_is_the_last_one_not_after_the_report(string zone, string report, string start, string expected)
    {
        string text = $"""
            lmstat - Copyright (c) 1989-2024 Flexera. All Rights Reserved.
            Flexible License Manager status on {report}

            Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)

              "f" v1.0, vendor: vend, expiry: permanent(no expiration date)
              floating license

                u1 h1 d1 (v1.0) (lic1/27000 101), start {start}

            """;
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(text), new FlexLmStatOptions { TimeZone = Zone(zone) }));

        FlexLmCheckout checkout = Assert.Single(Assert.Single(snapshot.Features).Checkouts);
        Assert.Equal(expected, checkout.Since?.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(checkout.Duration >= TimeSpan.Zero);
    }

    private static FlexLmLogEvent[] Read(string zone, string log) =>
        [.. FlexLmLogReader.Read(new MemoryStream(Encoding.ASCII.GetBytes(log)), new FlexLmLogOptions { TimeZone = Zone(zone) })];

    private static TimeSpan Span(string text) => TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static TimeZoneInfo Zone(string id)
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
}
