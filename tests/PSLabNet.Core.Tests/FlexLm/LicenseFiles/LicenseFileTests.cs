using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Fields;
using PSLabNet.FlexLm.LicenseFiles;
using Xunit;

namespace PSLabNet.Tests.FlexLm.LicenseFiles;

public sealed partial class LicenseFileTests
{
    private readonly List<FlexLmLicenseFault> faults = [];

    [Fact]
    public void Names_of_attributes_have_dots_and_quoted_values_any_number_of_words()
    {
        IReadOnlyList<FlexLmLicenseLine> lines;
        using (TextReader file = FlexLmLicenseFile.Open(Corpus.PathOf("licenses", "dotted.lic")))
        {
            lines = [.. FlexLmLicenseFile.Read(file, "file", faults.Add)];
        }

        Assert.Empty(faults);
        Assert.Equal(("EDF49831CC82D9A60ADF", "AAAA BBBB CCCC DDDD"), (lines[2].Attributes["V7.1_LK"], lines[2].Attributes["V7.3_SIGN"]));
        Assert.Equal(["HOSTID", "V7.1_LK", "V7.3_SIGN"], lines[2].Attributes.Select(attribute => attribute.Name));
    }

    [Fact]
    public void Repeated_words_share_one_string_and_all_others_stay_unchanged()
    {
        string text = string.Concat(Enumerable.Range(0, 3000).Select(number =>
            $"INCREMENT f{number} v{number % 7} {number % 11}.0 permanent {number + 1} SN={number * 7919} NOTE=n{number % 13} SIGN=AA{number:X8}\n"));
        IReadOnlyList<FlexLmLicenseLine> lines = Parse(text);
        Assert.Empty(faults);
        Assert.Equal(3000, lines.Count);
        for (int number = 0; number < lines.Count; number++)
        {
            FlexLmLicenseLine line = lines[number];
            Assert.Equal((
                $"f{number}", $"v{number % 7}", $"{number % 11}.0", number + 1),
                (line.Feature, line.Vendor, line.Version, line.Quantity));
            Assert.Equal($"SN={number * 7919} NOTE=n{number % 13} SIGN=AA{number:X8}", line.Attributes.ToString());
        }

        Assert.Same(lines[^1].Attributes[0].Name, lines[^2].Attributes[0].Name);
    }

    [Fact]
    public void All_kinds_of_lines_are_read()
    {
        IReadOnlyList<FlexLmLicenseLine> lines = Parse(
            """
            # a comment
            SERVER lic1 0011aabbccdd 27000 PRIMARY_IS_MASTER HEARTBEAT_INTERVAL=20
            VENDOR MLM /opt/mlm OPTIONS=/opt/mlm.opt PORT=27001
            DAEMON cdslmd
            USE_SERVER
              # another comment
            FEATURE f1 MLM 1.0 31-dec-2030 5 SIGN=AAAA
            INCREMENT f2 MLM 2.0 permanent uncounted HOSTID=ANY SIGN="BBBB CCCC"
            UPGRADE f1 MLM 1.0 2.0 1-jan-0 2 SIGN=DDDD
            PACKAGE p MLM 1.0 COMPONENTS="f1 f2:2.0 f3:1.0:5" OPTIONS=SUITE SIGN=EEEE
            """);

        Assert.Empty(faults);
        Assert.Equal(
            [
                FlexLmLineKind.Server, FlexLmLineKind.Vendor, FlexLmLineKind.Vendor, FlexLmLineKind.UseServer,
                FlexLmLineKind.Feature, FlexLmLineKind.Increment, FlexLmLineKind.Upgrade, FlexLmLineKind.Package,
            ],
            lines.Select(line => line.Kind));
        Assert.Equal(("lic1", "0011aabbccdd", 27000, "20"), (lines[0].Feature, lines[0].HostId, lines[0].Port, lines[0].Attributes["heartbeat_interval"]));
        Assert.Equal(("MLM", "/opt/mlm", 27001, "/opt/mlm.opt"), (lines[1].Vendor, lines[1].Path, lines[1].Port, lines[1].Attributes["OPTIONS"]));
        Assert.Equal(("cdslmd", "", (int?)null), (lines[2].Vendor, lines[2].Path, lines[2].Port));
        Assert.Equal(("f1", "MLM", "1.0", 5, "AAAA"), (lines[4].Feature, lines[4].Vendor, lines[4].Version, lines[4].Quantity, lines[4].Signature));
        Assert.Equal(new DateTime(2030, 12, 31), lines[4].Expires!.Value.DateTime);
        Assert.Equal((null, null, true, "ANY", "BBBB CCCC"), (lines[5].Expires, lines[5].Quantity, lines[5].IsUncounted, lines[5].HostId, lines[5].Signature));
        Assert.Equal(("1.0", "2.0", null), (lines[6].FromVersion, lines[6].Version, lines[6].Expires));
        Assert.Equal(("p", "1.0", "f1 f2:2.0 f3:1.0:5"), (lines[7].Feature, lines[7].Version, lines[7].Attributes["COMPONENTS"]));
        Assert.Equal([2, 3, 4, 5, 7, 8, 9, 10], lines.Select(line => line.LineNumber));
    }

    [Fact]
    public void Lines_are_continued_inside_and_outside_quotes()
    {
        FlexLmLicenseLine line = Assert.Single(Parse(
            "INCREMENT f MLM 1.0 \\\r\n\t31-dec-2030 5 \\\r\n\tVENDOR_STRING=\"a \\\r\n\tb\" NOTICE=\"two\nlines\" SIGN=\"AAAA BBBB \\\r\n\t\tCCCC\" ck=12\r\n"));

        Assert.Equal(("a b", "AAAA BBBB CCCC", "12"), (line.Attributes["VENDOR_STRING"], line.Signature, line.Attributes["ck"]));
        Assert.Equal("twolines", line.Attributes["NOTICE"]);
    }

    [Fact]
    public void Attributes_are_kept_in_order_whatever_they_are()
    {
        FlexLmLicenseLine line = Assert.Single(Parse(
            "FEATURE f v 1.0 permanent 1 0123456789ABCDEF0123 SUPERSEDE TS_OK NEW_THING=\"x y\" sort=100 SUPERSEDE_SIGN={\"f:AA\" \"g:BB\"} HOSTID=ID=\"1 2\""));

        Assert.Equal(
            ["0123456789ABCDEF0123", "SUPERSEDE", "TS_OK", "NEW_THING=x y", "sort=100", "SUPERSEDE_SIGN=\"f:AA\" \"g:BB\"", "HOSTID=ID=1 2"],
            line.Attributes.Select(keyword => keyword.ToString()));
        Assert.Equal(("0123456789ABCDEF0123", "0123456789ABCDEF0123"), (line.Key, line.Signature));
        Assert.Equal("TS_OK", line.Attributes[2].Name);
        Assert.Null(line.Attributes["NOT_THERE"]);
        Assert.Equal(7, line.Attributes.Count);
        Assert.StartsWith("0123456789ABCDEF0123 SUPERSEDE", line.Attributes.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NONSENSE a b c")]
    [InlineData("FEATURE f v 1.0")]
    [InlineData("FEATURE f v 1.0 32-dec-2030 1")]
    [InlineData("FEATURE f v 1.0 31-foo-2030 1")]
    [InlineData("FEATURE f v 1.0 tomorrow 1")]
    [InlineData("FEATURE f v 1.0 1-jan-2030 many")]
    [InlineData("FEATURE f v 1.0 1-jan-2030 -1")]
    [InlineData("FEATURE f v 1.0 1-jan-2030 1 ISSUED=never")]
    [InlineData("UPGRADE f v 1.0 permanent 1")]
    [InlineData("SERVER")]
    [InlineData("SERVER h ANY 99999")]
    [InlineData("VENDOR")]
    [InlineData("VENDOR v PORT=x")]
    [InlineData("PACKAGE p")]
    [InlineData("PACKAGE p v 1.0")]
    [InlineData("FEATURE f v 1.0 permanent 1 NOTICE=\"never closed")]
    public void A_bad_line_is_reported_with_its_number_and_the_rest_is_read(string bad)
    {
        IReadOnlyList<FlexLmLicenseLine> lines = Parse($"FEATURE a v 1.0 permanent 1 SIGN=A\n{bad}\nFEATURE b v 1.0 permanent 1 SIGN=B\n");

        Assert.Equal(["a", "b"], lines.Select(line => line.Feature));
        FlexLmLicenseFault fault = Assert.Single(faults);
        Assert.Equal((2, "test.lic"), (fault.LineNumber, fault.Source));
        Assert.StartsWith("test.lic:2: ", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AA BB", "AA BB")]
    [InlineData(" AA  BB\t\tCC ", "AA BB CC")]
    [InlineData("AA\tBB", "AA BB")]
    [InlineData("\t", "")]
    public void A_signature_has_one_blank_for_each_run_of_them(string inFile, string asked) =>
        Assert.Equal(asked, LicenseSignature.Normalize(inFile));

    [Theory]
    [InlineData("PACKAGE p v COMPONENTS=\"a b\" 0123456789ABCDEF", "", "0123456789ABCDEF")]
    [InlineData("PACKAGE p v 1.0 0123456789ABCDEF COMPONENTS=\"a b\"", "1.0", "0123456789ABCDEF")]
    [InlineData("PACKAGE p v 0123456789ABCDEF COMPONENTS=\"a b\"", "", "0123456789ABCDEF")]
    [InlineData("PACKAGE p v 1.0 COMPONENTS=\"a b\" 1.1 FEDCBA9876543210 0123456789ABCDEF", "1.0", "FEDCBA9876543210")]
    public void The_version_of_a_package_comes_before_its_attributes_and_its_key_anywhere(string line, string version, string key)
    {
        FlexLmLicenseLine package = Assert.Single(Parse(line + "\n"));

        Assert.Equal((version, key), (package.Version, package.Key));
    }

    [Theory]
    [InlineData("FEATURE f v", "A FEATURE line needs name, vendor, version, expiry and number.")]
    [InlineData("INCREMENT f v", "An INCREMENT line needs name, vendor, version, expiry and number.")]
    [InlineData("UPGRADE f v 1.0 2.0", "An UPGRADE line needs name, vendor, two versions, expiry and number.")]
    public void A_short_line_is_told_what_it_needs(string line, string reason)
    {
        Parse(line + "\n");

        Assert.Equal(reason, Assert.Single(faults).Message);
    }

    [Theory]
    [InlineData("permanent", null)]
    [InlineData("Permanent", null)]
    [InlineData("1-jan-0", null)]
    [InlineData("01-jan-00", null)]
    [InlineData("01-jan-0000", null)]
    [InlineData("29-feb-2024", "2024-02-29")]
    [InlineData("1-JAN-2030", "2030-01-01")]
    [InlineData("01-jan-99", "1999-01-01")]
    [InlineData("01-jan-25", "2025-01-01")]
    public void Dates_are_read_as_the_guide_says(string text, string? expected)
    {
        Assert.True(LicenseDate.TryParse(text, out DateTimeOffset? date));
        Assert.Equal(expected, date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void An_endless_line_is_cut_off()
    {
        string text = string.Concat(Enumerable.Repeat("FEATURE_" + new string('x', 60_000) + " \\\n", 40)) + "\nFEATURE b v 1.0 permanent 1 SIGN=B\n";

        Assert.Contains(Parse(text), line => line.Feature == "b");
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Signatures_are_tried_as_in_the_file_then_without_blanks_then_those_of_other_lines()
    {
        FlexLmLicenseLine line = Assert.Single(Parse("FEATURE f v 1.0 permanent 1 ABCDEF0123456789 SIGN=\"AAAA BBBB\" SIGN2=CCCC"));

        Assert.Equal(["AAAA BBBB", "AAAABBBB", "ABCDEF0123456789", "CCCC"], new SignatureCandidates(line).All);
    }

    [Fact]
    public void Any_text_is_read_without_an_exception() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll((NonNull<string>[] words) =>
        {
            string text = "FEATURE f v 1.0 permanent 1 " + string.Join(" ", words.Select(word => word.Get)) + "\nFEATURE " + string.Concat(words.Select(word => word.Get));
            return FlexLmLicenseFile.Parse(text, "test", _ => { }).Count >= 0;
        }));

    [Fact]
    public void Nothing_is_null()
    {
        Assert.Throws<ArgumentNullException>(() => FlexLmLicenseFile.Parse(null!, "s", faults.Add));
        Assert.Throws<ArgumentNullException>(() => FlexLmLicenseFile.Read(null!, "s", faults.Add));
        Assert.Throws<ArgumentNullException>(() => FlexLmLicenseFile.Read(TextReader.Null, null!, faults.Add));
        Assert.Throws<ArgumentNullException>(() => FlexLmLicenseFile.Read(TextReader.Null, "s", null!));
    }

    private IReadOnlyList<FlexLmLicenseLine> Parse(string text) => FlexLmLicenseFile.Parse(text, "test.lic", faults.Add);
}
