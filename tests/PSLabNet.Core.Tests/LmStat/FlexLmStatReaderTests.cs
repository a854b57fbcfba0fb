using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using Xunit;

namespace PSLabNet.Tests.Text;

public sealed class FlexLmStatReaderTests
{
    private const string Head = """
        lmutil - Copyright (c) 1989-2024 Flexera. All Rights Reserved.
        Flexible License Manager status on Mon 2/10/2025 11:26

        License server status: 27000@lic1
            License file(s) on lic1: /lic/a.lic:

        lic1: license server UP (MASTER) v11.19.6

        Vendor daemon status (on lic1):

           vend: UP v11.19.6

        Feature usage info:


        """;

    private static readonly FlexLmStatOptions Options = new() { TimeZone = Corpus.Zone, ReadAt = Corpus.At("2025-06-01T12:00:00+02:00") };

    public static TheoryData<string> Files { get; } = [.. Corpus.Names("lmstat", "*.txt")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_report_of_the_corpus_becomes_the_objects_expected(string name)
    {
        using FileStream file = File.OpenRead(Corpus.PathOf("lmstat", name));

        Corpus.AssertExpected("lmstat", name, SnapshotJson.Of(FlexLmStatReader.Read(file, Options)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Line_by_line_gives_the_same_as_the_whole_text(string name)
    {
        string text = File.ReadAllText(Corpus.PathOf("lmstat", name));
        var reader = new FlexLmStatReader(Options);
        var snapshots = text.Split('\n').SelectMany(line => reader.Add(line)).ToList();
        snapshots.Add(reader.Complete()!);

        Assert.Equal(SnapshotJson.Of(FlexLmStatReader.Read(new StringReader(text), Options)), SnapshotJson.Of(snapshots));
        Assert.Null(reader.Complete());

        var other = new FlexLmStatReader(Options);
        Assert.Equal(SnapshotJson.Of(snapshots), SnapshotJson.Of([.. other.Add(text), other.Complete()!]));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ja-JP")]
    public void The_culture_changes_nothing(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("en-US");
            List<string> expected = [.. Corpus.Names("lmstat", "*.txt").Select(Read)];
            CultureInfo.CurrentCulture = new CultureInfo(culture);

            Assert.Equal(expected, Corpus.Names("lmstat", "*.txt").Select(Read));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Read(string name)
        {
            using FileStream file = File.OpenRead(Corpus.PathOf("lmstat", name));
            FlexLmSnapshot[] snapshots = [.. FlexLmStatReader.Read(file, Options)];
            return string.Join("\n", snapshots.SelectMany(snapshot => snapshot.Features).Select(feature => $"{feature} {feature.Vendor} {feature.Version} {feature.IsComplete} {feature.Expires?.UtcTicks}"));
        }
    }

    [Theory]
    [InlineData(", expiry: 31-dec-2025", true, true)]
    [InlineData(", expiry: permanent(no expiration date)", false, true)]
    [InlineData("", false, false)]
    public void An_expiry_that_the_report_lacks_is_not_read_as_never(string expiry, bool hasDay, bool isKnown)
    {
        string text = Head + $"Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)\n\n  \"f\" v1.0, vendor: vend{expiry}\n  floating license\n\n";

        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(text), Options));

        FlexLmFeature feature = Assert.Single(snapshot.Features);
        FlexLmPool pool = Assert.Single(feature.Pools);
        Assert.Equal((hasDay, isKnown), (feature.Expires is not null, feature.IsExpiryKnown));
        Assert.Equal((hasDay, isKnown), (pool.Expires is not null, pool.IsExpiryKnown));
        Assert.Equal(!isKnown, snapshot.Warnings.Any(warning => warning.Contains("does not mean never", StringComparison.Ordinal)));
    }

    [Fact]
    public void Utf16_with_its_mark_and_Latin1_are_read_like_Utf8()
    {
        string text = Head + """
            Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)

              "f" v1.0, vendor: vend, expiry: 31-dec-2025
              floating license

                jürgen größe größe (v1.0) (lic1/27000 101), start Mon 2/10 8:00

            """;
        Encoding[] encodings = [Encoding.UTF8, new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1];
        foreach (Encoding encoding in encodings)
        {
            byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(text)];

            FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new MemoryStream(bytes), Options));

            Assert.Empty(snapshot.Unparsed);
            Assert.Equal("jürgen", Assert.Single(Assert.Single(snapshot.Features).Checkouts).User);
        }
    }

    [Fact]
    public void Only_lines_that_are_not_Utf8_are_read_as_Latin1()
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes("größe 1\n"), .. Encoding.UTF8.GetBytes("größe 2\n")];

        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new MemoryStream(bytes), Options));

        Assert.Equal(["größe 1", "größe 2"], snapshot.Unparsed.Select(line => line.Text));
    }

    [Fact]
    public void Every_shortening_of_a_report_is_incomplete_unless_it_ends_after_a_feature()
    {
        string[] lines = File.ReadAllLines(Corpus.PathOf("lmstat", "single-server.txt"));
        for (int count = 1; count < lines.Length; count++)
        {
            FlexLmSnapshot? snapshot = Read(string.Join("\n", lines.Take(count)));
            string last = lines[count - 1];
            bool isWholeFeature = last.Contains("402)", StringComparison.Ordinal) || last.Contains("801)", StringComparison.Ordinal)
                || last.Contains("Total of 0", StringComparison.Ordinal) || last.Contains("Uncounted", StringComparison.Ordinal);
            bool endsAfterVendors = last.Contains("MLM: UP", StringComparison.Ordinal);
            if (last.Length > 0)
            {
                Assert.Equal(isWholeFeature || endsAfterVendors, snapshot!.IsComplete);
            }
        }
    }

    [Fact]
    public void A_report_without_users_info_is_not_reported_as_cut_off()
    {
        FlexLmSnapshot snapshot = Read(Head + """
            Users of f:  (Total of 9 licenses issued;  Total of 2 licenses in use)
            Users of g:  (Total of 9 licenses issued;  Total of 3 licenses in use)
            """)!;

        Assert.True(snapshot.IsComplete);
        Assert.All(snapshot.Features, feature => Assert.False(feature.IsComplete));
        Assert.All(snapshot.Features, feature => Assert.Null(feature.InUse));
        Assert.Equal([7, 6], snapshot.Features.Select(feature => feature.Available));
    }

    [Theory]
    [InlineData(0, 5, 5, 5, 0, true)] // All reservations used: reservation and checkout are both listed.
    [InlineData(5, 5, 7, 5, 2, true)] // Partly used.
    [InlineData(5, 0, 5, 0, 5, true)] // Unused.
    [InlineData(2, 3, 8, 3, 2, false)] // Neither accounts for the rest.
    [InlineData(0, 9, 5, 9, 0, false)] // More users than licenses in use, which duplicate grouping makes.
    public void Reserved_is_lmstats_in_use_minus_the_checkouts(int reservations, int held, int reported, int inUse, int reserved, bool isComplete)
    {
        string text = Head + $"Users of f:  (Total of 20 licenses issued;  Total of {reported} licenses in use)\n\n"
            + "  \"f\" v1.0, vendor: vend\n  floating license\n\n"
            + (reservations > 0 ? $"\t{reservations} RESERVATIONs for GROUP g (lic1/27000)\n" : "\t5 RESERVATIONs for GROUP g (lic1/27000)\n")
            + (held > 0 ? $"    u h d (v1.0) (lic1/27000 101), start Mon 2/10 8:00, {held} licenses\n" : string.Empty);

        FlexLmFeature feature = Assert.Single(Read(text)!.Features);

        Assert.Equal(inUse, feature.InUse);
        Assert.Equal(reserved, feature.Reserved);
        Assert.Equal(20 - reported, feature.Available);
        Assert.Equal(isComplete, feature.IsComplete);
        Assert.Equal(isComplete, feature.Warnings.Count == 0);
    }

    [Fact]
    public void The_vendor_is_not_guessed_if_there_are_several()
    {
        FlexLmSnapshot snapshot = Read(Head.Replace("   vend: UP v11.19.6", "   vend: UP v11.19.6\n   other: UP v11.19.6", StringComparison.Ordinal)
            + "Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)\n")!;

        Assert.Equal(string.Empty, Assert.Single(snapshot.Features).Vendor);
        Assert.Equal(["vend", "other"], snapshot.Vendors.Select(vendor => vendor.Name));
    }

    [Fact]
    public void The_server_has_the_name_that_the_caller_gave()
    {
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(
            new StringReader(Head + "Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)\n"), Options with { Server = "@lic" }));

        Assert.Equal("@lic", Assert.Single(snapshot.Features).Server);
        Assert.Equal("@lic", Assert.Single(snapshot.Servers).Server);
        Assert.Equal("lic1", snapshot.Servers[0].HostName);
    }

    [Fact]
    public void Text_that_could_act_on_a_terminal_is_escaped()
    {
        FlexLmSnapshot snapshot = Read(Head + "Users of f\u001b[31m:  (Total of 9 licenses issued;  Total of 1 license in use)\n"
            + "    u\u202e h d (v1.0) (lic1/27000 101), start Mon 2/10 8:00\n\u0007what\n")!;

        FlexLmFeature feature = Assert.Single(snapshot.Features);
        Assert.Equal("f\\x1b[31m", feature.Name);
        Assert.Equal("u\\u202e", Assert.Single(feature.Checkouts).User);
        Assert.Equal("\\x07what", Assert.Single(snapshot.Unparsed).Text);
    }

    [Fact]
    public void Empty_and_blank_input_gives_nothing()
    {
        Assert.Null(Read(string.Empty));
        Assert.Null(Read(" \n\t\r\n\0\0\n\uFEFF\n"));
    }

    [Theory]
    [InlineData("Users of g:  (Total of 3000000000 licenses issued;  Total of 2 licenses in use)")]
    [InlineData("Users of g:  (Total of 9 licenses rented)")]
    [InlineData("Users of g:  cannot be listed now")]
    [InlineData("Users of g:")]
    public void Users_below_an_unreadable_feature_are_not_assigned_to_the_one_before(string header)
    {
        FlexLmSnapshot snapshot = Read(Head + $"""
            Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)

              "f" v1.0, vendor: vend, expiry: 31-dec-2025
              floating license

                alice ws1 ws1 (v1.0) (lic1/27000 101), start Mon 2/10 8:00

            {header}

              "g" v1.0, vendor: vend, expiry: permanent(no expiration date)
              floating license

                bob ws2 ws2 (v1.0) (lic1/27000 201), start Mon 2/10 8:00, 2 licenses

            Users of h:  (Total of 9 licenses issued;  Total of 1 license in use)

                carol ws3 ws3 (v1.0) (lic1/27000 301), start Mon 2/10 8:00

            """)!;

        Assert.Equal([("f", 1), ("h", 1)], snapshot.Features.Select(feature => (feature.Name, feature.InUse)));
        Assert.Equal(["alice", "carol"], snapshot.Features.SelectMany(feature => feature.Checkouts).Select(checkout => checkout.User));
        Assert.Single(snapshot.Features[0].Pools);
        Assert.Equal(header, snapshot.Unparsed[0].Text);
        Assert.Contains(snapshot.Unparsed, line => line.Text.StartsWith("bob", StringComparison.Ordinal));
    }

    [Fact]
    public void Tables_of_two_servers_in_one_report_belong_to_their_own_server()
    {
        static string Server(string host, int issued, int year) => $"""
            License server status: 27000@{host}
            {host}: license server UP (MASTER) v11.19.6
            Vendor daemon status (on {host}):
               vend: UP v11.19.6
            Feature usage info:
            Users of f:  (Total of {issued} licenses issued;  Total of 1 license in use)

              "f" v1.0, vendor: vend
              floating license

                alice ws1 ws1 (v1.0) ({host}/27000 101), start Mon 2/10 8:00

            Feature   Version   #licenses   Vendor   Expires
            f         1.0       {issued}    vend     31-dec-{year}
            g         1.0       {issued}    vend     31-dec-{year}

            """;

        FlexLmSnapshot snapshot = Read("Flexible License Manager status on Mon 2/10/2025 11:26\n" + Server("lic1", 5, 2025) + Server("lic2", 9, 2030))!;

        Assert.Equal(
            ["27000@lic1 f 5 2025", "27000@lic1 g 5 2025", "27000@lic2 f 9 2030", "27000@lic2 g 9 2030"],
            snapshot.Features.Select(feature => $"{feature.Server} {feature.Name} {feature.Issued} {feature.Expires?.Year}").OrderBy(text => text, StringComparer.Ordinal));
    }

    [Fact]
    public void A_piece_of_a_report_is_read_as_far_as_possible()
    {
        FlexLmSnapshot snapshot = Read("Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)\n  u h d (v1.0) (lic1/27000 101), start Sun 6/1 8:00\n")!;

        Assert.Empty(snapshot.Servers);
        Assert.Null(snapshot.ReportedAt);
        Assert.Equal(Corpus.At("2025-06-01T08:00:00+02:00"), Assert.Single(Assert.Single(snapshot.Features).Checkouts).Since);
        Assert.Equal(TimeSpan.FromHours(4), snapshot.Features[0].Checkouts[0].Duration);
    }

    [Fact]
    public void A_line_of_many_megabytes_is_cut_and_costs_little()
    {
        string text = Head + "Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)\n"
            + new string('x', 20_000_000) + "\n    u h d (v1.0) (lic1/27000 101), start Mon 2/10 8:00\n";

        FlexLmSnapshot snapshot = Read(text)!;

        Assert.Equal(65536, Assert.Single(snapshot.Unparsed).Text.Length);
        Assert.Single(snapshot.Features[0].Checkouts);

        var reader = new FlexLmStatReader(Options);
        reader.Add(new string('x', 20_000_000));
        Assert.Equal(65536, Assert.Single(reader.Complete()!.Unparsed).Text.Length);
    }

    [Fact]
    public void Objects_describe_themselves_in_one_line()
    {
        FlexLmSnapshot snapshot = Read(Head + "Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)\nwhat\n")!;

        Assert.Equal("27000@lic1: 1 features, 2025-02-10 11:26", snapshot.ToString());
        Assert.Equal("16: what", snapshot.Unparsed[0].ToString());
    }

    [Fact]
    public void Explanations_of_an_error_belong_to_it()
    {
        FlexLmSnapshot snapshot = Read("""
            lmutil - Copyright (c) 1989-2018 Flexera. All Rights Reserved.
            Flexible License Manager status on Mon 2/10/2025 11:26
            Error getting status: License server machine is down or not responding.
            Feature:       x
            License path:  27000@lic1 -
            FlexNet Licensing error:-96,491
            For further information, refer to the FlexNet Licensing documentation,
            available at "www.flexerasoftware.com".
            something else
            """)!;

        FlexLmServerStatus server = Assert.Single(snapshot.Servers);
        Assert.StartsWith("License server machine is down or not responding. Feature:", server.Error!.Message, StringComparison.Ordinal);
        Assert.EndsWith("flexerasoftware.com\".", server.Error.Message, StringComparison.Ordinal);
        Assert.Equal((-96, "LM_HOSTDOWN"), (server.Error.Code, server.Error.Name));
        Assert.Equal("something else", Assert.Single(snapshot.Unparsed).Text);
    }

    [Theory]
    [InlineData("(")]
    [InlineData(") ")]
    [InlineData(" (a)")]
    [InlineData("\" v")]
    [InlineData(", start ")]
    [InlineData(": ")]
    [InlineData(", vendor: ")]
    [InlineData("(-1")]
    [InlineData("a ")]
    public void Lines_of_repeated_pieces_of_the_format_take_no_longer_than_others(string piece)
    {
        string line = string.Concat(Enumerable.Repeat(piece, 60_000 / piece.Length));
        string text = Head + string.Concat(Enumerable.Repeat("Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)\n" + line + "\n" + line + ", start Mon 2/10 8:00\n", 100));
        var watch = Stopwatch.StartNew();

        Assert.NotNull(Read(text));

        // 12 MB. Quadratic time would be minutes.
        AssertNoLongerThanOthers(watch.Elapsed, text.Length);
    }

    [Fact]
    public void Many_nodes_rows_and_pools_take_no_longer_than_others()
    {
        var text = new StringBuilder(Head);
        for (int index = 0; index < 50_000; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"h{index}: license server UP v11\n");
        }

        text.Append("Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)\n");
        for (int index = 0; index < 50_000; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\"f\" v1.{index}, vendor: vend\n    a{index} b c d e (v1.0) (lic1/27000 101), start Mon 2/10 8:00\n");
        }

        text.Append("Feature Version #licenses Expires Vendor\n");
        for (int index = 0; index < 50_000; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"f 1.{index} 1 31-dec-2025 vend\n");
        }

        var watch = Stopwatch.StartNew();

        Assert.Equal(50_000, Read(text.ToString())!.Features[0].Pools.Count);
        AssertNoLongerThanOthers(watch.Elapsed, text.Length);
    }

    [Fact]
    public void Text_given_once_for_many_lines_is_one_string_for_all_of_them()
    {
        // Found by fuzzing: each of the daemons had its own escaped copy of the long host.
        string host = "aaaaaaaaaaaaaa" + new string('\u0001', 661) + ". ";
        FlexLmSnapshot daemons = Read($"Vendor daemon status (on {host})\n{string.Join("\n", Enumerable.Range(0, 16).Select(index => $"a{index}: UP"))}")!;
        FlexLmSnapshot nodes = Read($"License server status: 27000@a.{new string('b', 700)}\na.b: license server UP v11.19\na.c: license server UP v11.19\n")!;

        Assert.Equal(16, daemons.Vendors.Count);
        Assert.All(daemons.Vendors, daemon => Assert.Same(daemons.Vendors[0].HostName, daemon.HostName));
        Assert.Equal(2, nodes.Servers[0].Nodes.Count);
        Assert.All(nodes.Servers[0].Nodes, node => Assert.Same(nodes.Servers[0].Nodes[0].Server, node.Server));
    }

    // Compares with another text on the same machine at the same time, because a busy machine is slower for every text.
    private static void AssertNoLongerThanOthers(TimeSpan elapsed, int length)
    {
        const int Times = 30;
        if (elapsed < TimeSpan.FromSeconds(20))
        {
            return;
        }

        const string Plain = "Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)\n    a b c (v1.0) (lic1/27000 101), start Mon 2/10 8:00\n";
        var watch = Stopwatch.StartNew();
        Assert.NotNull(Read(Head + string.Concat(Enumerable.Repeat(Plain, length / Plain.Length))));
        Assert.True(elapsed.Ticks < watch.Elapsed.Ticks * Times, $"{elapsed}; a plain text of the same length takes {watch.Elapsed}.");
    }

    private static FlexLmSnapshot? Read(string text) => FlexLmStatReader.Read(new StringReader(text), Options).SingleOrDefault();

    [Fact]
    public void A_vendor_daemon_may_stand_below_the_features_of_another()
    {
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(Head + """
            Users of fa:  (Total of 3 licenses issued;  Total of 0 licenses in use)

                 other: Cannot connect to license server system. (-15,570:111 "Connection refused")
            Feature usage info:

            Users of fb:  (Total of 3 licenses issued;  Total of 0 licenses in use)

                 third: UP
                   v11.16.2
            Feature usage info:

            Users of fa:  (Total of 5 licenses issued;  Total of 0 licenses in use)
            """), Options));

        Assert.Empty(snapshot.Unparsed);
        Assert.Equal(["vend Up 11.19.6", "other Down ", "third Up 11.16.2"], snapshot.Vendors.Select(vendor => $"{vendor.Name} {vendor.Status} {vendor.Version}"));
        Assert.Equal(["fa vend", "fb other", "fa third"], snapshot.Features.Select(feature => $"{feature.Name} {feature.Vendor}"));
        Assert.Equal(FlexLmState.Degraded, Assert.Single(snapshot.Servers).Status);
    }

    [Fact]
    public void A_word_with_an_error_below_a_feature_is_no_vendor_daemon_if_it_is_no_name()
    {
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(Head + """
            Users of fa:  (Total of 3 licenses issued;  Total of 0 licenses in use)

            Error: Cannot read data from license server system. (-16,287)
            """), Options));

        Assert.Equal("vend", Assert.Single(snapshot.Vendors).Name);
        Assert.Single(snapshot.Unparsed);
    }

    [Fact]
    public void A_name_that_each_of_two_daemons_serves_is_theirs_in_their_order()
    {
        string text = Head.Replace("vend: UP v11.19.6", "vend: UP v11.19.6\n   other: UP v11.19.6", StringComparison.Ordinal) + """
            Users of f:  (Total of 3 licenses issued;  Total of 0 licenses in use)
            Users of f:  (Total of 5 licenses issued;  Total of 0 licenses in use)
            Users of g:  (Total of 7 licenses issued;  Total of 0 licenses in use)
            """;

        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(text), Options));

        Assert.Equal([("vend", 3), ("other", 5), ("", 7)], snapshot.Features.Select(feature => (feature.Vendor, feature.Issued!.Value)));
    }

    [Fact]
    public void An_old_report_shows_its_date_and_what_has_expired_since()
    {
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(Head + """
            Users of fa:  (Total of 3 licenses issued;  Total of 0 licenses in use)

              "fa" v1.0, vendor: vend, expiry: 28-feb-2025

            Users of fb:  (Total of 3 licenses issued;  Total of 0 licenses in use)

              "fb" v1.0, vendor: vend, expiry: 31-dec-2030

            Users of fc:  (Total of 3 licenses issued;  Total of 0 licenses in use)

              "fc" v1.0, vendor: vend, expiry: 31-dec-2024
            """), Options));

        Assert.Null(ReportAge.Describe(snapshot, Corpus.At("2025-02-11T11:25:00+01:00")));
        Assert.Equal("The report is of 2025-02-10 11:26, 2 days ago.", ReportAge.Describe(snapshot, Corpus.At("2025-02-12T12:00:00+01:00")));
        Assert.Equal(
            "The report is of 2025-02-10 11:26, 20 days ago. Licenses of these features have expired since then: fa.",
            ReportAge.Describe(snapshot, Corpus.At("2025-03-03T00:00:00+01:00")));
    }
}
