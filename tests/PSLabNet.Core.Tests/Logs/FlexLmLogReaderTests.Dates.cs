using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using Xunit;

namespace PSLabNet.Tests.Logs;

public sealed partial class FlexLmLogReaderTests
{
    [Fact]
    public void A_log_without_a_date_is_dated_by_its_last_write()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "23:00:00 (v) OUT: \"f\" a@h\n 1:00:00 (v) IN: \"f\" a@h\n");
            File.SetLastWriteTimeUtc(path, new DateTime(2024, 3, 1, 0, 5, 0, DateTimeKind.Utc));

            FlexLmLogEvent[] events = [.. FlexLmLogReader.ReadFile(path, Options)];

            Assert.Equal([Corpus.At("2024-02-29T23:00:00+01:00"), Corpus.At("2024-03-01T01:00:00+01:00")], events.Select(item => item.Time));
            Assert.All(events, item => Assert.False(item.IsDateKnown));
            Assert.Equal(path, events[0].Source);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_stream_that_can_seek_is_dated_like_its_file()
    {
        const string Dated = "22:00:00 (v) OUT: \"f\" a@h\n 1:00:00 (v) OUT: \"f\" b@h\n 2:00:00 (v) TIMESTAMP 7/18/2018\n 3:00:00 (v) IN: \"f\" a@h\n";
        const string Undated = "23:00:00 (v) OUT: \"f\" a@h\n 1:00:00 (v) IN: \"f\" a@h\n";
        FlexLmLogOptions written = Options with { WrittenAt = new DateTimeOffset(2024, 3, 1, 0, 5, 0, TimeSpan.Zero) };

        Assert.Equal(["2018-07-17 22", "2018-07-18 01", "2018-07-18 02", "2018-07-18 03"], Hours(Dated));
        Assert.Equal(["2024-02-29 23", "2024-03-01 01"], Hours(Undated));

        IEnumerable<string> Hours(string log) => FlexLmLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(log)), written)
            .Select(item => item.Time.ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_callers_start_date_is_used_until_the_log_has_one()
    {
        FlexLmLogEvent[] events =
        [
            .. Read("23:00:00 (v) OUT: \"f\" a@h\n1:00:00 (v) IN: \"f\" a@h\n2:00:00 (v) TIMESTAMP 5/5/2025\n", Options with { StartDate = new DateTime(2020, 2, 28) }),
        ];

        Assert.Equal(["2020-02-28", "2020-02-29", "2025-05-05"], events.Select(item => item.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.All(events, item => Assert.True(item.IsDateKnown));
    }

    [Theory]
    [InlineData("TIMESTAMP 31/12/2025")]
    [InlineData("TIMESTAMP 0/1/2025")]
    [InlineData("TIMESTAMP 2/30/2025")]
    [InlineData("TIMESTAMP 1/1/99999")]
    [InlineData("TIMESTAMP ")]
    [InlineData("TIMESTAMP 1/1")]
    public void An_invalid_date_is_ignored(string message)
    {
        FlexLmLogEvent item = Assert.Single(Read("1:00:00 (v) " + message, Options));

        Assert.False(item.IsDateKnown);
    }

    [Theory]
    [InlineData("2025-05-05T01:00:00+14:00", "2025-05-05T01:00:00+14:00")]
    [InlineData("2025-05-05T01:00:00-0330", "2025-05-05T01:00:00-03:30")]
    [InlineData("2025-05-05T01:00:00", "2025-05-05T01:00:00+02:00")]
    [InlineData("2025-05-05T23:59:60Z", "2025-05-05T23:59:59+00:00")]
    public void Iso_stamps_keep_their_offset(string stamp, string expected)
    {
        FlexLmLogEvent item = Assert.Single(Read(stamp + " (v) OUT: \"f\" a@h", Options));

        Assert.Equal(Corpus.At(expected).ToString("o"), item.Time.ToString("o"));
        Assert.Equal("v", item.Daemon);
    }

    [Theory]
    [InlineData("2025-05-05T01:00:00+14:01")]
    [InlineData("2025-05-05T01:00:00+1:00")]
    [InlineData("2025-05-05T25:00:00")]
    [InlineData("25:00:00")]
    [InlineData("1:60:00")]
    [InlineData("1:0:00")]
    [InlineData("x:00:00")]
    public void An_invalid_time_stamp_leaves_the_line_as_text(string stamp)
    {
        FlexLmLogEvent item = Assert.Single(Read(stamp + " (v) OUT: \"f\" a@h", Options));

        Assert.Equal((FlexLmLogKind.Other, string.Empty), (item.Kind, item.Daemon));
    }

    [Theory]
    [InlineData("10:00:00", "9:45:00", "2025-01-06 09:45")]
    [InlineData("21:59:59", "1:00:00", "2025-01-06 01:00")]
    [InlineData("22:00:00", "2:00:00", "2025-01-07 02:00")]
    [InlineData("22:00:00", "2:00:01", "2025-01-06 02:00")]
    [InlineData("23:59:59", "0:00:00", "2025-01-07 00:00")]
    public void Midnight_is_between_late_evening_and_early_morning_and_no_clock_that_is_set_back(string before, string after, string expected)
    {
        FlexLmLogEvent[] events = [.. Read($"{before} (v) OUT: \"f\" a@h\n{after} (v) IN: \"f\" a@h\n", Options with { StartDate = new DateTime(2025, 1, 6) })];

        Assert.Equal(expected, events[1].Time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1:00:00 (v) TIMESTAMP 12/31/2100", "2100-12-31 01:00")]
    [InlineData("23:59:59 (v) TIMESTAMP 12/31/9999", "9999-12-31 23:59")]
    [InlineData("9999-12-31 23:59:59-08:00 (v) OUT: \"f\" a@h", "9999-12-31 23:59")]
    public void Dates_up_to_the_last_that_there_is_are_read(string line, string expected)
    {
        TimeZoneInfo west = TimeZoneInfo.CreateCustomTimeZone("West", TimeSpan.FromHours(-8), "West", "West");

        FlexLmLogEvent item = Assert.Single(Read(line, Options with { TimeZone = west }));

        Assert.Equal((expected, true), (item.Time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), item.IsDateKnown));
    }

    [Fact]
    public void A_log_of_FLEXlm_3_has_months_and_days_whose_year_follows_from_its_last_write()
    {
        const string Log = """
            12/31 23:50 (xyzd) Server started on castle for: compiler editor
            12/31 23:58 (xyzd) OUT: compiler by fred
            1/1 0:05 (xyzd) DENIED: editor to joe@node2 (Licensed number of users already reached (-4,342))
            1/1 10:20 (xyzd) OUT: editor by joe@node2 (2 licenses)
            1/2 9:00 (xyzd) IN: compiler by fred (used: 1:09:02:00)
            """;

        FlexLmLogEvent[] events = [.. FlexLmLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Log)), Options with { WrittenAt = Corpus.At("1993-06-01T00:00:00Z") })];

        Assert.Equal(
            [
                "1992-12-31 23:50 Started   0 ", "1992-12-31 23:58 Out compiler fred 1 ", "1993-01-01 00:05 Denied editor joe 1 Licensed number of users already reached",
                "1993-01-01 10:20 Out editor joe 2 ", "1993-01-02 09:00 In compiler fred 1 ",
            ],
            events.Select(item => string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd HH:mm} {1} {2} {3} {4} {5}", item.Time, item.Kind, item.Feature, item.User, item.Count, item.Reason)));
    }

    [Fact]
    public void The_29th_of_February_of_FLEXlm_3_is_of_a_leap_year()
    {
        byte[] log = Encoding.UTF8.GetBytes("2/29 8:00 (xyzd) OUT: f by a\n3/1 8:00 (xyzd) IN: f by a\n");

        FlexLmLogEvent[] events = [.. FlexLmLogReader.Read(new MemoryStream(log), Options with { WrittenAt = Corpus.At("1994-06-01T00:00:00Z") })];

        Assert.Equal("1992-02-29", events[0].Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Times_of_earlier_requests_in_the_statistics_do_not_set_the_date()
    {
        FlexLmLogEvent[] events = [.. Read("1:00:00 (v) TIMESTAMP 5/5/2025\n1:00:01 (v) (@v-SLOG@) Time: Sat May 03 2025 10:57:03 CET, Request: x\n", Options)];

        Assert.Equal(Corpus.At("2025-05-05T01:00:01+02:00"), events[1].Time);
    }
}
