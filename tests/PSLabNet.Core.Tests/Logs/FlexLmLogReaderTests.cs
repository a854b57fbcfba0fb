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

public sealed partial class FlexLmLogReaderTests
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
