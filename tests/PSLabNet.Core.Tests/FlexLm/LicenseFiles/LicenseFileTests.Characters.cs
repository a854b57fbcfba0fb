using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FsCheck.Fluent;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using Xunit;

namespace PSLabNet.Tests.FlexLm.LicenseFiles;

public sealed partial class LicenseFileTests
{
    [Theory]
    [InlineData("SERVER \"\t\" ANY")]
    [InlineData("PACKage a b COMPONENTS=\"a\tb\"")]
    [InlineData("INCREMENT \"\ta\" v 1 permanent 1 NOTICE=\"\t\" \"\t\"")]
    [InlineData("FEATURE a v 1 permanent uncounted HOSTID=\"a\tb\" HOSTID=ID=\"a\tb\"")]
    public void A_tab_within_quotes_is_a_blank(string text)
    {
        FlexLmLicenseLine line = Assert.Single(Parse(text));

        string[] all = [line.Feature, line.HostId, .. line.Attributes.SelectMany(attribute => new[] { attribute.Name, attribute.Value })];
        Assert.Contains(all, value => value.Contains(' '));
        Assert.DoesNotContain(all, value => value.Contains('\t'));
    }

    [Theory]
    [InlineData('\u00A0', "f")]
    [InlineData('\u2009', "f")]
    [InlineData('\u202F', "f")]
    [InlineData('\u3000', "f")]
    [InlineData('\u0085', "f")]
    [InlineData('\u200B', "f")]
    [InlineData('\uFEFF', "f")]
    [InlineData('\u00AD', "f")]
    public void An_unseen_character_between_words_is_read_with_a_warning_that_names_the_line(char unseen, string feature)
    {
        var warnings = new List<FlexLmLicenseFault>();
        string text = $"# a{unseen}comment\nFEATURE f v 1.0 permanent 1 \\\n SN=1{unseen} NOTICE=\"a b\"\nFEATURE g v 1.0 permanent 1\n";

        FlexLmLicenseLine[] lines = [.. FlexLmLicenseFile.Read(new StringReader(text), "file", faults.Add, warnings.Add)];

        Assert.Empty(faults);
        Assert.Equal([feature, "g"], lines.Select(line => line.Feature));
        Assert.Equal("1", lines[0].Attributes["SN"]);
        FlexLmLicenseFault warning = Assert.Single(warnings);
        Assert.Equal(3, warning.LineNumber);
        Assert.Contains($"U+{(int)unseen:X4}", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_file_needs_no_byte_order_mark(string encoding)
    {
        byte[] bytes = Encoding.GetEncoding(encoding).GetBytes("FEATURE f v 1.0 permanent 1 NOTICE=Universit\u00E4t");

        using TextReader reader = FlexLmLicenseFile.Open(new MemoryStream(bytes));

        Assert.Equal("Universit\u00E4t", Assert.Single(FlexLmLicenseFile.Read(reader, "file", faults.Add)).Attributes["NOTICE"]);
    }

    [Fact]
    public void Within_quotes_a_non_breaking_space_is_text()
    {
        var warnings = new List<FlexLmLicenseFault>();

        FlexLmLicenseLine line = Assert.Single(FlexLmLicenseFile.Read(new StringReader("FEATURE f v 1.0 permanent 1 NOTICE=\"Licence\u00A0: une\"\n"), "file", faults.Add, warnings.Add));

        Assert.Empty(warnings);
        Assert.Equal("Licence\u00A0: une", line.Attributes["NOTICE"]);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("iso-8859-1", false)]
    [InlineData("utf-16", true)]
    public void Files_in_the_usual_encodings_are_read(string name, bool mark)
    {
        string path = Path.GetTempFileName();
        try
        {
            Encoding encoding = Encoding.GetEncoding(name);
            File.WriteAllBytes(path, [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes("FEATURE f v 1.0 permanent 1 ISSUER=\"Müller\" SIGN=A\r\n")]);

            using TextReader reader = FlexLmLicenseFile.Open(path);
            FlexLmLicenseLine line = Assert.Single(FlexLmLicenseFile.Read(reader, path, faults.Add));

            Assert.Equal("Müller", line.Attributes["ISSUER"]);
            Assert.Empty(faults);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Control_characters_are_escaped_and_tabs_separate_words()
    {
        FlexLmLicenseLine line = Assert.Single(Parse("\uFEFFFEATURE\tf\u001b[2J v\t1.0 permanent 1 SIGN=A NOTICE=\"\u202Ex\" ISSUER=Müller"));

        Assert.Equal((@"f\x1b[2J", "1.0", @"\u202ex", "Müller"), (line.Feature, line.Version, line.Attributes["NOTICE"], line.Attributes["ISSUER"]));
    }
}
