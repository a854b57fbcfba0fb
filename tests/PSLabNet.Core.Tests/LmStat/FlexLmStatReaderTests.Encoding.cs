using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using Xunit;

namespace PSLabNet.Tests.LmStat;

/// <content>Characters: encodings, cultures, control characters.</content>
public sealed partial class FlexLmStatReaderTests
{
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

    [Fact]
    public void Utf16_and_Latin1_are_read_like_Utf8()
    {
        string text = Head + """
            Users of f:  (Total of 9 licenses issued;  Total of 1 license in use)

              "f" v1.0, vendor: vend, expiry: 31-dec-2025
              floating license

                jürgen größe größe (v1.0) (lic1/27000 101), start Mon 2/10 8:00

            """;
        Encoding[] encodings =
        [
            Encoding.UTF8, new UTF8Encoding(false), Encoding.Unicode, new UnicodeEncoding(false, false), Encoding.BigEndianUnicode,
            new UnicodeEncoding(true, false), Encoding.Latin1,
        ];
        foreach (Encoding encoding in encodings)
        {
            byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(text)];

            FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new MemoryStream(bytes), Options));

            Assert.Empty(snapshot.Unparsed);
            Assert.Equal("jürgen", Assert.Single(Assert.Single(snapshot.Features).Checkouts).User);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { (byte)'x', 0 })]
    public void One_zero_byte_at_the_start_makes_no_Utf16(byte[] start)
    {
        byte[] bytes = [.. start, .. Encoding.ASCII.GetBytes("y 1\ny 2\n")];

        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new MemoryStream(bytes), Options));

        Assert.Equal("y 2", snapshot.Unparsed[1].Text);
    }

    [Fact]
    public void Only_lines_that_are_not_Utf8_are_read_as_Latin1()
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes("größe 1\n"), .. Encoding.UTF8.GetBytes("größe 2\n")];

        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new MemoryStream(bytes), Options));

        Assert.Equal(["größe 1", "größe 2"], snapshot.Unparsed.Select(line => line.Text));
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
}
