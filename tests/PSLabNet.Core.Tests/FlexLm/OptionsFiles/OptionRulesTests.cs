using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.OptionsFiles;
using Xunit;

namespace PSLabNet.Tests.FlexLm.OptionsFiles;

/// <summary>What is found in options files, alone and against a license file.</summary>
public sealed class OptionRulesTests
{
    private const string License = """
        SERVER lic1 ANY 27000
        VENDOR MLM /opt/mlm OPTIONS=/opt/mlm.opt
        VENDOR other
        INCREMENT f1 MLM 1.0 permanent 3 KEY1
        INCREMENT f1 MLM 2.0 permanent 4 KEY2
        INCREMENT loan MLM 1.0 permanent 5 BORROW=72 OVERDRAFT=2 KEY3
        INCREMENT free MLM 1.0 permanent uncounted HOSTID=ANY KEY4
        PACKAGE suite MLM 1.0 COMPONENTS="part1 part2:2.0" KEY5
        INCREMENT suite MLM 1.0 permanent 2 KEY6
        INCREMENT elsewhere other 1.0 permanent 9 KEY7
        """;

    [Theory]
    [InlineData("RESERVE 7 f1 USER a")]
    [InlineData("RESERVE 3 f1:VERSION=1.0 USER a\nRESERVE 4 f1:VERSION=2.0 USER a")]
    [InlineData("EXCLUDE part2 USER a\nINCLUDE suite USER b")]
    [InlineData("MAX 6 f1 USER a\nBORROW_LOWWATER loan 4\nMAX_BORROW_HOURS loan 24\nMAX_OVERDRAFT loan 1")]
    [InlineData("TIMEOUTALL 900\nTIMEOUT f1 0\nDAEMON_SELECT_TIMEOUT 60")]
    [InlineData("GROUP g a b\nEXCLUDE f1 GROUP g\nINCLUDE f1 USER c")]
    [InlineData("EXCLUDE f1:VERSION=1.0 USER a\nINCLUDE f1:VERSION=2.0 USER a")]
    [InlineData("EXCLUDE f1 USER a\nINCLUDE f1 HOST a")]
    [InlineData("EXCLUDE f1 USER A\nINCLUDE f1 USER a")]
    [InlineData("ACTIVATION_LOWWATER no_feature 6\nEXCLUDE_ENTITLEMENT no_feature USER a")]
    public void A_right_file_has_no_findings(string options) => Assert.Empty(Check(options));

    [Theory]
    [InlineData("RESERVE 1 f2 USER a", 1, FlexLmOptionSeverity.Error, "no feature 'f2'")]
    [InlineData("RESERVE 1 elsewhere USER a", 1, FlexLmOptionSeverity.Error, "no feature 'elsewhere'")]
    [InlineData("RESERVE 1 F1 USER a", 1, FlexLmOptionSeverity.Warning, "writes 'f1'")]
    [InlineData("RESERVE 1 f1:VERSION=3.0 USER a", 1, FlexLmOptionSeverity.Warning, "No license of 'f1' has VERSION=3.0")]
    [InlineData("RESERVE 4 f1 USER a\nRESERVE 4 f1 USER b", 2, FlexLmOptionSeverity.Error, "8 licenses of 'f1' are reserved, and 7 are issued")]
    [InlineData("RESERVE 4 f1:VERSION=1.0 USER a", 1, FlexLmOptionSeverity.Error, "4 licenses of 'f1:VERSION=1.0' are reserved, and 3 are issued")]
    [InlineData("RESERVE 1 free USER a", 1, FlexLmOptionSeverity.Warning, "not counted")]
    [InlineData("RESERVE 0 f1 USER a", 1, FlexLmOptionSeverity.Information, "reserves nothing")]
    [InlineData("MAX 7 f1 USER a", 1, FlexLmOptionSeverity.Information, "never reached: 7 licenses")]
    [InlineData("BORROW_LOWWATER f1 1", 1, FlexLmOptionSeverity.Warning, "No license of 'f1' has BORROW")]
    [InlineData("BORROW_LOWWATER loan 5", 1, FlexLmOptionSeverity.Warning, "Nobody can borrow 'loan'")]
    [InlineData("MAX_BORROW_HOURS loan 72", 1, FlexLmOptionSeverity.Warning, "allows 72 hours")]
    [InlineData("MAX_BORROW_HOURS loan 24\nMAX_BORROW_HOURS loan 12", 1, FlexLmOptionSeverity.Warning, "Line 2 counts")]
    [InlineData("ACTIVATION_LOWWATER e 2\nACTIVATION_LOWWATER e 1", 2, FlexLmOptionSeverity.Warning, "Line 1 counts")]
    [InlineData("MAX_OVERDRAFT f1 1", 1, FlexLmOptionSeverity.Warning, "No license of 'f1' has OVERDRAFT")]
    [InlineData("MAX_OVERDRAFT loan 2", 1, FlexLmOptionSeverity.Warning, "an overdraft of 2")]
    [InlineData("TIMEOUT f1 60", 1, FlexLmOptionSeverity.Warning, "shorter than the usual minimum of 900")]
    [InlineData("DAEMON_SELECT_TIMEOUT 61", 1, FlexLmOptionSeverity.Warning, "outside 1 to 60")]
    [InlineData("EXCLUDE f1 GROUP nobody", 1, FlexLmOptionSeverity.Error, "No GROUP line defines 'nobody'")]
    [InlineData("EXCLUDE f1 HOST_GROUP nowhere", 1, FlexLmOptionSeverity.Error, "No HOST_GROUP line defines 'nowhere'")]
    [InlineData("GROUP g a", 1, FlexLmOptionSeverity.Information, "No line uses the group 'g'")]
    [InlineData("GROUP g a\nEXCLUDE f1 GROUP g\nGROUPCASEINSENSITIVE ON", 3, FlexLmOptionSeverity.Warning, "follows groups")]
    [InlineData("EXCLUDE f1 USER a\nINCLUDE f1 USER a", 2, FlexLmOptionSeverity.Warning, "Line 1 excludes a, and EXCLUDE takes precedence")]
    [InlineData("EXCLUDEALL USER a\nINCLUDE f1 USER a", 2, FlexLmOptionSeverity.Warning, "Line 1 excludes a, and EXCLUDEALL takes precedence")]
    [InlineData("GROUP g a b\nEXCLUDE f1 GROUP g\nINCLUDE f1:VERSION=1.0 USER b", 3, FlexLmOptionSeverity.Warning, "Line 2 excludes b")]
    [InlineData("EXCLUDE_BORROW loan USER a\nINCLUDE_BORROW loan USER a", 2, FlexLmOptionSeverity.Warning, "Line 1 excludes a")]
    [InlineData("RESERVE 1 f1 USER a\nEXCLUDE f1 USER a", 1, FlexLmOptionSeverity.Warning, "nobody can use them")]
    [InlineData("NOLOG IN\nNOLOG IN", 2, FlexLmOptionSeverity.Information, "Line 1 is the same")]
    [InlineData("RESERVE 1 f1 USER a\nRESERVE 1 f1 USER a", 2, FlexLmOptionSeverity.Warning, "The reservations add up")]
    [InlineData("nolog IN", 1, FlexLmOptionSeverity.Information, "not in capitals")]
    public void What_is_wrong_is_found_at_its_line(string options, int line, FlexLmOptionSeverity severity, string message)
    {
        FlexLmOptionFinding finding = Assert.Single(Check(options));

        Assert.Equal((line, severity, "mlm.opt"), (finding.Line, finding.Severity, finding.Source));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Cure);
    }

    [Fact]
    public void Names_in_groups_ignore_case_if_the_file_says_so()
    {
        FlexLmOptionFinding finding = Assert.Single(Check("GROUPCASEINSENSITIVE ON\nGROUP g Alice\nEXCLUDE f1 GROUP g\nINCLUDE f1 USER alice"));

        Assert.Equal(4, finding.Line);
    }

    [Fact]
    public void A_group_that_is_written_in_another_case_or_is_of_the_other_kind_has_its_cure()
    {
        IReadOnlyList<FlexLmOptionFinding> findings = Check("GROUP g a\nHOST_GROUP h b\nEXCLUDE f1 GROUP G\nINCLUDE f1 GROUP h\nINCLUDE f1 GROUP g\nINCLUDE f1 HOST_GROUP h");

        Assert.Equal([3, 4], findings.Select(finding => finding.Line));
        Assert.Contains("Write 'g'", findings[0].Cure, StringComparison.Ordinal);
        Assert.Contains("Use HOST_GROUP", findings[1].Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_4000_characters_is_right_and_a_longer_one_is_an_error()
    {
        string Line(int length) => "GROUP g a".PadRight(length - 1, 'x') + "y\nEXCLUDEALL GROUP g";

        Assert.Empty(Check(Line(4000)));
        Assert.Contains("4001 characters", Assert.Single(Check(Line(4001))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_license_file_features_are_not_compared() =>
        Assert.Empty(FlexLmOptionsFile.Check(Read("RESERVE 99 nothing USER a\nMAX 99 nothing USER b")));

    [Fact]
    public void An_options_file_that_no_VENDOR_line_names_is_compared_with_all_license_lines() =>
        Assert.Empty(FlexLmOptionsFile.Check(Read("RESERVE 1 elsewhere USER a\nRESERVE 1 f1 USER a", "site.opt"), Licenses()));

    [Fact]
    public void An_options_file_with_the_name_of_a_vendor_daemon_is_compared_with_its_lines() =>
        Assert.Equal([2], FlexLmOptionsFile.Check(Read("RESERVE 1 elsewhere USER a\nRESERVE 1 f1 USER a", @"C:\flexlm\Other.opt"), Licenses()).Select(finding => finding.Line));

    private static IReadOnlyList<FlexLmOptionFinding> Check(string options) => FlexLmOptionsFile.Check(Read(options), Licenses());

    private static IReadOnlyList<FlexLmLicenseLine> Licenses() =>
        FlexLmLicenseFile.Parse(License, "test.lic", fault => Assert.Fail(fault.ToString()));

    private static FlexLmOption[] Read(string text, string source = "mlm.opt")
    {
        using var reader = new StringReader(text);
        return [.. FlexLmOptionsFile.Read(reader, source, fault => Assert.Fail(fault.ToString()))];
    }
}
