using PSLabNet.FlexLm.Metrics;
using Xunit;

namespace PSLabNet.Tests.Metrics;

public sealed class PrometheusLabelTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\"b\\c\nd", @"a\""b\\c\nd")]
    [InlineData("\u007f", @"\\x7f")]
    [InlineData("\u2066", @"\\u2066")]
    [InlineData("\u2028", @"\\u2028")]
    [InlineData("\0", @"\\x00")]
    [InlineData("\r", @"\\x0d")]
    [InlineData("\u0085", @"\\x85")]
    [InlineData("\u001b[31m", @"\\x1b[31m")]
    public void Characters_that_act_on_a_terminal_are_escaped_in_a_label(string value, string written) =>
        Assert.Equal($"name=\"{written}\"", new PrometheusLabel("name", value).ToString());

    [Fact]
    public void Halves_of_surrogate_pairs_stay_two_different_labels_in_a_file()
    {
        string one = new PrometheusLabel("user", "\ud83d").ToString();
        string other = new PrometheusLabel("user", "\ud83e").ToString();

        Assert.Equal(@"user=""\\ud83d""", one);
        Assert.Equal(@"user=""\\ud83e""", other);
    }
}
