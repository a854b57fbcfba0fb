using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using Xunit;

namespace PSLabNet.Tests.LmStat;

/// <content>Long and hostile reports take time in proportion to their length.</content>
public sealed partial class FlexLmStatReaderTests
{
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
}
