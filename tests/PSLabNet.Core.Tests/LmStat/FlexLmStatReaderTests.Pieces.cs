using System;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using Xunit;

namespace PSLabNet.Tests.LmStat;

/// <content>Reports that are cut off, joined, or list less than they count.</content>
public sealed partial class FlexLmStatReaderTests
{
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
}
