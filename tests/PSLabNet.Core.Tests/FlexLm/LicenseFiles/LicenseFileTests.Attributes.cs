using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.LicenseFiles;

public sealed partial class LicenseFileTests
{
    [Theory]
    [InlineData("SUPERSEDE")]
    [InlineData("supersede")]
    [InlineData("OVERDRAFT")]
    [InlineData("ONE_TS_OK")]
    [InlineData("FLOAT_OK")]
    [InlineData("USER_BASED")]
    [InlineData("BORROW")]
    public void An_attribute_right_after_the_number_is_no_license_key(string attribute)
    {
        FlexLmLicenseLine line = Assert.Single(Parse($"FEATURE f v 1.0 permanent 1 {attribute} SN=7\n"));
        Assert.Equal((string.Empty, string.Empty, string.Empty), (line.Key, line.Signature, line.Attributes[attribute]));
    }

    [Fact]
    public void A_license_key_has_eight_characters_or_more()
    {
        Assert.Equal("01234567", Assert.Single(Parse("FEATURE f v 1.0 permanent 1 01234567\n")).Key);
        Assert.Equal(string.Empty, Assert.Single(Parse("FEATURE f v 1.0 permanent 1 0123456\n")).Key);
        Assert.Equal(string.Empty, Assert.Single(Parse("FEATURE f v 1.0 permanent 1 0123-45678\n")).Key);
    }

    /// <summary>Attributes that are equal to those of the line above are kept once.</summary>
    [Fact]
    public void Attributes_at_one_place_that_differ_in_name_or_value_stay_apart()
    {
        string[] attributes = ["TS_OK SN=1", "FLOAT_OK SN=1", "FLOAT_OK SN=2", "FLOAT_OK ISSUER=2", "ISSUER=2 FLOAT_OK", "ISSUER=2 FLOAT_OK"];
        IReadOnlyList<FlexLmLicenseLine> lines = Parse(string.Concat(attributes.Select(text => $"FEATURE f v 1.0 permanent 1 {text}\n")));
        Assert.Equal(attributes, lines.Select(line => line.Attributes.ToString()));
        Assert.Same(lines[^1].Attributes[0], lines[^2].Attributes[0]);
    }

    [Fact]
    public void Of_more_attributes_than_are_remembered_each_is_its_own()
    {
        string text = string.Join(" ", Enumerable.Range(0, 40).Select(number => $"A{number}={number}"));
        IReadOnlyList<FlexLmLicenseLine> lines = Parse($"FEATURE f v 1.0 permanent 1 {text}\nFEATURE f v 1.0 permanent 1 {text}\n");
        Assert.All(lines, line => Assert.Equal(text, line.Attributes.ToString()));
    }
}
