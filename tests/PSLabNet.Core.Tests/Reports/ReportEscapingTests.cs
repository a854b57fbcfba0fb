using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml;
using FsCheck.Fluent;
using Xunit;

namespace PSLabNet.Tests.Reports;

public sealed class ReportEscapingTests
{
    // The elements and attributes of a page with harmless text. No text may add another.
    private static readonly SortedSet<string> Harmless = ReportPageText.Names(ReportPageText.Parse(HostileReport.Of(new string('x', 300))));

    private static readonly string[] Fragments =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style>", "</title>", "<!--", "-->", "]]>", "<![CDATA[", "<?xml", "&", "&lt;", "&#60;",
        "&nbsp;", "\0", "\u001b[31m", "\u202e", "\u2066", "\u200b", "\ud83d", "\ude00", "\ufffe", "\uffff", "\ufeff", "\r\n", "\u2028", "\u0085", "א", "ع", "é", "😀", "javascript:alert(1)", "{{7*7}}", "alice",
    ];

    [Fact]
    public void No_text_adds_markup_wherever_it_is() => Prop.ForAll(
        Gen.Frequency((3, Gen.Elements(Fragments)), (1, Gen.Choose(0, 0xFFFF).Select(value => ((char)value).ToString())))
            .ArrayOf().Select(string.Concat).ToArbitrary(),
        text => ReportPageText.Names(ReportPageText.Parse(HostileReport.Of(text))).IsSubsetOf(AllowedNames())).Holds(200);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("a & b &amp; c")]
    public void Text_that_looks_like_markup_stays_text(string name)
    {
        var document = ReportPageText.Parse(HostileReport.Of(name));

        Assert.Equal(name, ReportPageText.Elements(document, "h1").Single().InnerText);
        Assert.Equal(name, ReportPageText.Elements(document, "title").Single().InnerText);
        Assert.Contains(ReportPageText.Elements(document, "td"), cell => cell.InnerText == name);
        Assert.Single(ReportPageText.Elements(document, "script"));
        Assert.Empty(ReportPageText.Elements(document, "img"));
    }

    [Fact]
    public void Invisible_characters_are_shown_escaped()
    {
        string page = ReportPageText.Write(HostileReport.Of("a\0b\u202ec\u001bd\ud83de\ufffe"));

        Assert.Contains(@"a\x00b\u202ec\x1bd\ud83de\ufffe", page, StringComparison.Ordinal);
        Assert.DoesNotContain(page, c => c is '\0' or '\u202e' or '\u001b' or '\ufffe' || (c < ' ' && c is not ('\n' or '\t')));
    }

    [Fact]
    public void Tabs_and_line_ends_in_names_add_no_column_and_no_line_to_the_holders()
    {
        string[] LinesOf(string name) =>
            [.. ReportPageText.Elements(ReportPageText.Parse(HostileReport.Of(name)), "pre").SelectMany(holders => holders.InnerText.Split('\n'))];

        string[] lines = LinesOf("a\tb\nc\r");

        Assert.NotEmpty(lines);
        Assert.Equal(LinesOf("harmless").Select(line => line.Count(c => c == '\t')), lines.Select(line => line.Count(c => c == '\t')));
        Assert.Contains(lines, line => line.StartsWith(@"a\x09b\x0ac\x0d", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_that_may_run_from_right_to_left_is_isolated_from_its_neighbours()
    {
        var document = ReportPageText.Parse(HostileReport.Of("שלום"));

        Assert.Contains(ReportPageText.Elements(document, "bdi"), element => element.InnerText == "שלום");
        XmlElement heading = ReportPageText.Elements(document, "h1").Single();
        Assert.Equal("bdi", heading.FirstChild!.Name);
    }

    [Fact]
    public void A_name_of_64_KiB_is_cut_when_shown()
    {
        string page = ReportPageText.Write(HostileReport.Of(new string('n', 65536)));

        Assert.Contains("n… (65536 characters)", page, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('n', 1001), page);
        Assert.InRange(page.Length, 10_000, 200_000);
    }

    [Fact]
    public void A_cut_does_not_split_a_surrogate_pair()
    {
        string name = "x" + string.Concat(Enumerable.Repeat("😀", 700));

        string page = ReportPageText.Write(HostileReport.Of(name));

        byte[] bytes = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(page);
        Assert.Equal(page, Encoding.UTF8.GetString(bytes));
    }

    // Text that is short, or runs from right to left, has fewer or other wrapper elements than the one above.
    private static SortedSet<string> AllowedNames() => [.. Harmless, "bdi", "bdi/title"];
}
