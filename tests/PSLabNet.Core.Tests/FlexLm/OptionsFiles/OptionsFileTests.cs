using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.OptionsFiles;
using Xunit;

namespace PSLabNet.Tests.FlexLm.OptionsFiles;

/// <summary>Lines of options files, with the examples of the License Administration Guide.</summary>
public sealed class OptionsFileTests
{
    private readonly List<FlexLmOptionFinding> faults = [];

    [Theory]
    [InlineData("RESERVE 1 compile USER robert", "RESERVE", "compile", 1, FlexLmOptionType.User, "robert")]
    [InlineData("RESERVE 3 compile HOST mainline", "RESERVE", "compile", 3, FlexLmOptionType.Host, "mainline")]
    [InlineData("EXCLUDE f1 USER hank", "EXCLUDE", "f1", null, FlexLmOptionType.User, "hank")]
    [InlineData("EXCLUDEALL HOST chaos", "EXCLUDEALL", "", null, FlexLmOptionType.Host, "chaos")]
    [InlineData("INCLUDE f1 INTERNET 123.456.789.*", "INCLUDE", "f1", null, FlexLmOptionType.Internet, "123.456.789.*")]
    [InlineData("INCLUDE_BORROW f1 PROJECT p1", "INCLUDE_BORROW", "f1", null, FlexLmOptionType.Project, "p1")]
    [InlineData("EXCLUDE_ENTITLEMENT ENTL-1 DISPLAY :0", "EXCLUDE_ENTITLEMENT", "ENTL-1", null, FlexLmOptionType.Display, ":0")]
    [InlineData("MAX 5 f1 GROUP chip", "MAX", "f1", 5, FlexLmOptionType.Group, "chip")]
    [InlineData("INCLUDEALL HOST_GROUP Pacific", "INCLUDEALL", "", null, FlexLmOptionType.HostGroup, "Pacific")]
    [InlineData("LINGER f1 3600", "LINGER", "f1", 3600, FlexLmOptionType.None, "")]
    [InlineData("TIMEOUT f1 7200", "TIMEOUT", "f1", 7200, FlexLmOptionType.None, "")]
    [InlineData("TIMEOUTALL 3600", "TIMEOUTALL", "", 3600, FlexLmOptionType.None, "")]
    [InlineData("BORROW_LOWWATER f1 3", "BORROW_LOWWATER", "f1", 3, FlexLmOptionType.None, "")]
    [InlineData("MAX_BORROW_HOURS f1 48", "MAX_BORROW_HOURS", "f1", 48, FlexLmOptionType.None, "")]
    [InlineData("MAX_OVERDRAFT f1 2", "MAX_OVERDRAFT", "f1", 2, FlexLmOptionType.None, "")]
    [InlineData("MAX_CONNECTIONS 500", "MAX_CONNECTIONS", "", 500, FlexLmOptionType.None, "")]
    [InlineData("DAEMON_SELECT_TIMEOUT 5", "DAEMON_SELECT_TIMEOUT", "", 5, FlexLmOptionType.None, "")]
    [InlineData("ACTIVATION_LOWWATER AAAA 6", "ACTIVATION_LOWWATER", "AAAA", 6, FlexLmOptionType.None, "")]
    [InlineData("ACTIVATION_EXPIRY_DAYS ENTL-EZCALC 3", "ACTIVATION_EXPIRY_DAYS", "ENTL-EZCALC", 3, FlexLmOptionType.None, "")]
    public void Each_keyword_has_its_fields(string line, string keyword, string feature, int? number, FlexLmOptionType type, string name)
    {
        FlexLmOption option = Assert.Single(Read(line));

        Assert.Empty(faults);
        Assert.Equal((keyword, feature, number, type), (option.Keyword, option.Feature, option.Number, option.Type));
        Assert.Equal(name, string.Join(" ", option.Names));
        Assert.Equal(line, option.ToString());
    }

    [Theory]
    [InlineData("AUTOMATIC_REREAD OFF", "AUTOMATIC_REREAD", "OFF")]
    [InlineData("GROUPCASEINSENSITIVE on", "GROUPCASEINSENSITIVE", "ON")]
    [InlineData("NOLOG QUEUED", "NOLOG", "QUEUED")]
    [InlineData("NOLOG unsupported", "NOLOG", "UNSUPPORTED")]
    [InlineData("FQDN_MATCHING exact", "FQDN_MATCHING", "EXACT")]
    [InlineData("DEBUGLOG +/var/log/mlm.log", "DEBUGLOG", "+/var/log/mlm.log")]
    [InlineData("REPORTLOG \"C:\\Program Files\\FlexLM\\report.rl\"", "REPORTLOG", "C:\\Program Files\\FlexLM\\report.rl")]
    public void A_keyword_with_one_word_has_it_as_its_value(string line, string keyword, string value)
    {
        FlexLmOption option = Assert.Single(Read(line));

        Assert.Empty(faults);
        Assert.Equal((keyword, value), (option.Keyword, option.Value));
    }

    [Theory]
    [InlineData("RESERVE 1 f1:VERSION=2.0 USER a", "f1", "VERSION=2.0")]
    [InlineData("RESERVE 1 \"f1:NOTICE=Bought in 2026\" USER a", "f1", "NOTICE=Bought in 2026")]
    [InlineData("RESERVE 1 f1:NOTICE=\"Bought in 2026\" USER a", "f1", "NOTICE=Bought in 2026")]
    public void A_feature_has_a_modifier_after_its_colon(string line, string feature, string modifier)
    {
        FlexLmOption option = Assert.Single(Read(line));

        Assert.Equal((feature, modifier, "a"), (option.Feature, option.Modifier, Assert.Single(option.Names)));
    }

    [Fact]
    public void A_backslash_continues_a_line_and_comments_and_blank_lines_count_as_lines()
    {
        FlexLmOption[] options = Read("# users\r\n\r\nGROUP g a b \\\r\n  c \\\r\n\td\r\n  # more\nexclude f1 group g\n");

        Assert.Equal(["GROUP", "EXCLUDE"], options.Select(option => option.Keyword));
        Assert.Equal(["a", "b", "c", "d"], options[0].Names);
        Assert.Equal("g", options[0].Group);
        Assert.Equal([3, 7], options.Select(option => option.LineNumber));
    }

    [Fact]
    public void A_line_that_ends_with_a_backslash_at_the_end_of_the_file_is_read() =>
        Assert.Equal("5", Assert.Single(Read("MAX 5 f1 USER a \\")).Number?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_line_of_nothing_but_a_backslash_is_blank() => Assert.Equal("IN", Assert.Single(Read("\\\n\nNOLOG IN\n \\\n\\\n")).Value);

    [Fact]
    public void User_group_is_another_name_for_group() => Assert.Equal("GROUP", Assert.Single(Read("USER_GROUP g a")).Keyword);

    [Theory]
    [InlineData("RESERVED 1 f USER a", "not a keyword")]
    [InlineData("RESERVE one f USER a", "'one' is not a whole number")]
    [InlineData("RESERVE -1 f USER a", "'-1' is not a whole number")]
    [InlineData("RESERVE 99999999999 f USER a", "not a whole number")]
    [InlineData("RESERVE 1 f PERSON a", "'PERSON' is not a type")]
    [InlineData("RESERVE 1 f USER", "A name is missing")]
    [InlineData("RESERVE 1", "The feature is missing")]
    [InlineData("INCLUDE f1:VERSION USER a", "not feature:keyword=value")]
    [InlineData("INCLUDE :VERSION=1 USER a", "missing before the colon")]
    [InlineData("LINGER f1", "The number is missing")]
    [InlineData("LINGER f1 60 seconds", "'seconds' is too much")]
    [InlineData("NOLOG EVERYTHING", "'EVERYTHING' is none of IN, OUT")]
    [InlineData("GROUP", "The name of the group is missing")]
    [InlineData("GROUP g", "A word is missing")]
    public void A_bad_line_is_reported_with_its_number_and_the_rest_is_read(string bad, string message)
    {
        FlexLmOption[] options = Read($"NOLOG IN\n{bad}\nNOLOG OUT\n");

        Assert.Equal(["IN", "OUT"], options.Select(option => option.Value));
        FlexLmOptionFinding fault = Assert.Single(faults);
        Assert.Equal((2, FlexLmOptionSeverity.Error, "mlm.opt"), (fault.Line, fault.Severity, fault.Source));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_are_escaped()
    {
        FlexLmOption option = Assert.Single(Read("EXCLUDE f1 USER \u001b[31mred"));

        Assert.Equal("\\x1b[31mred", Assert.Single(option.Names));
        Assert.DoesNotContain('\u001b', option.ToString());
    }

    [Fact]
    public void An_endless_line_is_bounded()
    {
        FlexLmOption option = Assert.Single(Read("GROUP g" + string.Concat(Enumerable.Repeat(" user \\\n", 500_000)) + " last"));

        Assert.InRange(option.Names.Count, 100_000, 300_000);
    }

    private FlexLmOption[] Read(string text)
    {
        using var reader = new StringReader(text);
        return [.. FlexLmOptionsFile.Read(reader, "mlm.opt", faults.Add)];
    }
}
