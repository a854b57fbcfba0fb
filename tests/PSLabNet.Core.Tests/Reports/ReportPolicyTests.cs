using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using PSLabNet.FlexLm.Report.Page;
using Xunit;

namespace PSLabNet.Tests.Reports;

public sealed class ReportPolicyTests
{
    private static readonly string Page = ReportPageText.Write(SampleReport.Laboratory());
    private static readonly XmlDocument Document = ReportPageText.Parse(Page);

    [Theory]
    [InlineData("style", "style-src")]
    [InlineData("script", "script-src")]
    public void The_policy_allows_the_pages_one_block_by_its_hash(string element, string directive)
    {
        // The bytes between the tags, which a browser hashes.
        string block = Regex.Match(Page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block)));

        Assert.Single(ReportPageText.Elements(Document, element));
        Assert.Contains($"{directive} 'sha256-{hash}';", Policy(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_allows_nothing_else()
    {
        Assert.Equal(
            "default-src 'none'; style-src H; script-src H; img-src data:; base-uri 'none'; form-action 'none'",
            Regex.Replace(Policy(), "'sha256-[A-Za-z0-9+/=]{44}'", "H"));
    }

    [Fact]
    public void The_policy_comes_before_everything_that_it_governs() =>
        Assert.True(Page.IndexOf("Content-Security-Policy", StringComparison.Ordinal) < Page.IndexOf("<link", StringComparison.Ordinal));

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        Assert.DoesNotContain("http:", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("//", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", Page, StringComparison.Ordinal);
        Assert.All(ReportPageText.Elements(Document, "*"), element => Assert.False(element.HasAttribute("src")));
        Assert.All(
            ReportPageText.Elements(Document, "*").Where(element => element.HasAttribute("href")),
            element => Assert.True(element.GetAttribute("href") is "data:," || element.GetAttribute("href")[0] == '#'));
    }

    [Fact]
    public void No_attribute_has_a_style_or_script_which_the_policy_would_block() => Assert.All(
        ReportPageText.Elements(Document, "*"),
        element => Assert.DoesNotContain(element.Attributes.Cast<XmlAttribute>(), one => one.Name == "style" || one.Name.StartsWith("on", StringComparison.Ordinal)));

    [Fact]
    public void A_page_is_saved_without_a_byte_order_mark() => Assert.Empty(FlexLmReportWriter.Encoding.GetPreamble());

    private static string Policy() =>
        ReportPageText.Elements(Document, "meta").Single(meta => meta.GetAttribute("http-equiv") == "Content-Security-Policy").GetAttribute("content");
}
