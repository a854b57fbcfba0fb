using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Logs;
using Xunit;

namespace PSLabNet.Tests.Logs;

public sealed class FlexLmLogReaderTests
{
    private static readonly FlexLmLogOptions Options = new() { TimeZone = Corpus.Zone };

    public static TheoryData<string> Files { get; } = [.. Corpus.Names("logs", "*.log")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_log_of_the_corpus_becomes_the_events_expected(string name) =>
        Corpus.AssertExpected("logs", name, LogJson.Of([.. FlexLmLogReader.ReadFile(Corpus.PathOf("logs", name), Options)]));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ja-JP")]
    public void The_culture_changes_nothing(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            foreach (string name in Corpus.Names("logs", "*.log"))
            {
                Corpus.AssertExpected("logs", name, LogJson.Of([.. FlexLmLogReader.ReadFile(Corpus.PathOf("logs", name), Options)]));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

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
    public void A_file_without_a_line_of_a_debug_log_gives_one_warning_with_its_first_line()
    {
        var warnings = new List<string>();

        FlexLmLogEvent[] events = [.. FlexLmLogReader.ReadFile(Corpus.PathOf("logs", "nothing.txt"), Options with { Kinds = [FlexLmLogKind.Out, FlexLmLogKind.In], OnWarning = warnings.Add })];

        Assert.Empty(events);
        Assert.Contains("nothing.txt' has the form of a debug log", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.EndsWith(": Dear colleagues,", warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("some line\n1:00:00 (v) OUT: \"f\" a@h\n")]
    public void A_file_that_is_empty_or_has_one_line_of_a_debug_log_gives_no_warning(string log)
    {
        var warnings = new List<string>();

        _ = Read(log, Options with { OnWarning = warnings.Add }).Count();

        Assert.Empty(warnings);
    }

    [Fact]
    public void A_compressed_log_reads_as_what_it_was_before()
    {
        byte[] log = File.ReadAllBytes(Corpus.PathOf("logs", "no-date.log"));
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(log);
        }

        packed.Position = 0;

        Assert.Equal(LogJson.Of([.. FlexLmLogReader.Read(new MemoryStream(log), Options)]), LogJson.Of([.. FlexLmLogReader.Read(packed, Options)]));
    }

    [Fact]
    public void A_compressed_log_that_is_damaged_is_a_file_that_cannot_be_read()
    {
        byte[] damaged = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

        Assert.Throws<IOException>(() => FlexLmLogReader.Read(new MemoryStream(damaged), Options).Count());
    }

    [Fact]
    public void An_event_describes_itself_in_one_line() => Assert.Equal(
        "2025-05-05 01:00:00 v OUT: \"f\" a@h", Assert.Single(Read("2025-05-05T01:00:00 (v) OUT: \"f\" a@h", Options)).ToString());

    [Fact]
    public void Times_of_earlier_requests_in_the_statistics_do_not_set_the_date()
    {
        FlexLmLogEvent[] events = [.. Read("1:00:00 (v) TIMESTAMP 5/5/2025\n1:00:01 (v) (@v-SLOG@) Time: Sat May 03 2025 10:57:03 CET, Request: x\n", Options)];

        Assert.Equal(Corpus.At("2025-05-05T01:00:01+02:00"), events[1].Time);
    }

    [Fact]
    public void Filters_select_by_kind_feature_user_and_time()
    {
        string path = Corpus.PathOf("logs", "vendor.log");

        Assert.Equal(3, FlexLmLogReader.ReadFile(path, Options with { Kinds = [FlexLmLogKind.Denied] }).Count());
        Assert.Equal(["MATLAB", "MATLAB"], FlexLmLogReader.ReadFile(path, Options with { Kinds = [FlexLmLogKind.Out], Feature = name => name == "MATLAB" }).Select(item => item.Feature));
        Assert.Equal(2, FlexLmLogReader.ReadFile(path, Options with { User = name => name.Contains("bob", StringComparison.Ordinal) }).Count());
        Assert.Equal(
            [20, 21],
            FlexLmLogReader.ReadFile(path, Options with { After = Corpus.At("2025-01-06T10:04:00+01:00"), Before = Corpus.At("2025-01-06T10:05:00+01:00") })
                .Select(item => (int)item.LineNumber));
    }

    [Fact]
    public void A_run_of_zeros_before_a_line_is_not_part_of_it()
    {
        byte[] bytes = [.. new byte[200_000], .. Encoding.ASCII.GetBytes("\n"), .. new byte[100], .. Encoding.ASCII.GetBytes("1:00:00 (v) OUT: \"f\" a@h\r\r\n")];

        FlexLmLogEvent item = Assert.Single(FlexLmLogReader.Read(new MemoryStream(bytes), Options));

        Assert.Equal(("f", "a", "h"), (item.Feature, item.User, item.HostName));
    }

    [Fact]
    public void A_line_that_is_too_long_is_cut_and_the_next_is_complete()
    {
        string text = "1:00:00 (v) " + new string('x', 5_000_000) + "\n1:00:01 (v) OUT: \"f\" a@h\n";
        foreach (IEnumerable<FlexLmLogEvent> events in new[] { Read(text, Options), FlexLmLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), Options) })
        {
            FlexLmLogEvent[] all = [.. events];

            Assert.Equal([FlexLmLogKind.Other, FlexLmLogKind.Out], all.Select(item => item.Kind));
            Assert.Equal([1, 2], all.Select(item => (int)item.LineNumber));
        }
    }

    [Fact]
    public void Characters_of_several_bytes_are_complete_across_blocks()
    {
        var text = new StringBuilder();
        for (int index = 0; index < 20_000; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"1:00:00 (v) OUT: \"größe€𝄞{index}\" a@h\n");
        }

        string[] features = [.. FlexLmLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), Options).Select(item => item.Feature)];

        Assert.Equal(Enumerable.Range(0, 20_000).Select(index => FormattableString.Invariant($"größe€𝄞{index}")), features);
    }

    [Theory]
    [InlineData("OUT: \"f\" a b@c d  (3 licenses)", "f", "a b", "c d", 3, "", "")]
    [InlineData("OUT: \"f\" a@b@c", "f", "a@b", "c", 1, "", "")]
    [InlineData("OUT: \"f\" a", "f", "a", "", 1, "", "")]
    [InlineData("OUT: \"f\" @c", "f", "", "c", 1, "", "")]
    [InlineData("OUT: \"f\"", "f", "", "", 1, "", "")]
    [InlineData("OUT:", "", "", "", 1, "", "")]
    [InlineData("OUT: \"f", "\"f", "", "", 1, "", "")]
    [InlineData("OUT: \"\" a@b", "", "a", "b", 1, "", "")]
    [InlineData("OUT: DOORS a@b  [telelogic] (3 licenses)", "DOORS", "a", "b", 3, "telelogic", "")]
    [InlineData("IN: \"f\" a@[::1]  (INACTIVE)", "f", "a", "[::1]", 1, "", "INACTIVE")]
    [InlineData("IN: \"f\" a (b)@c  (1 license) (SHUTDOWN)", "f", "a (b)", "c", 1, "", "SHUTDOWN")]
    [InlineData("IN: \"f\" \"a\"@\"c\"", "f", "\"a\"", "\"c\"", 1, "", "")]
    [InlineData("IN: \"f\" a@c  (99999999999 licenses)", "f", "a", "c", 1, "", "99999999999 licenses")]
    public void Users_hosts_and_brackets_are_separated(string message, string feature, string user, string host, int count, string project, string reason)
    {
        FlexLmLogEvent item = Assert.Single(Read("1:00:00 (v) " + message, Options));

        Assert.Equal((feature, user, host, count, project, reason), (item.Feature, item.User, item.HostName, item.Count, item.Project, item.Reason));
    }

    private static IEnumerable<FlexLmLogEvent> Read(string text, FlexLmLogOptions options) => FlexLmLogReader.Read(new StringReader(text), options);
}
