using System.Globalization;
using System.Linq;
using FsCheck.Fluent;
using PSLabNet.Text;
using Xunit;

namespace PSLabNet.Tests.Wire;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("plain text, Grüße, 日本", "plain text, Grüße, 日本")]
    [InlineData("a\0b", @"a\x00b")]
    [InlineData("\u001b[31mred", @"\x1b[31mred")]
    [InlineData("line\r\nnext\ttab", @"line\x0d\x0anext\x09tab")]
    [InlineData("\u007f\u0080\u009f\u00ad", @"\x7f\x80\x9f\xad")]
    [InlineData("\u202eoverride\u2066isolate", @"\u202eoverride\u2066isolate")]
    [InlineData("\u2028\u2029\ufeff", @"\u2028\u2029\ufeff")]
    [InlineData("\U0001F600 smiles", "\U0001F600 smiles")]
    [InlineData("\U000E0041\U000E0001tag", @"\udb40\udc41\udb40\udc01tag")]
    [InlineData("a\U000E0000b\U000E007Fc", @"a\udb40\udc00b\udb40\udc7fc")]
    public void Characters_that_act_on_a_terminal_are_shown_escaped(string? text, string shown) => Assert.Equal(shown, PrintableText.Escape(text));

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("\r\n", "\r\n")]
    [InlineData("a\u001b[31m\r\n\tb\0c\rd\n\ne\u2028f", "a\\x1b[31m\r\n\tb\\x00c\rd\n\ne\\u2028f")]
    public void Lines_stay_lines_and_tabs_tabs(string? text, string shown) => Assert.Equal(shown, PrintableText.EscapeLines(text));

    [Fact]
    public void Halves_of_a_surrogate_pair_are_shown_escaped()
    {
        Assert.Equal(@"\ud83d", PrintableText.Escape("\ud83d"));
        Assert.Equal(@"\ude00", PrintableText.Escape("\ude00"));
        Assert.Equal(@"\ude00\ud83d", PrintableText.Escape("\ude00\ud83d"));
        Assert.Equal("\\ud83d\U0001F600", PrintableText.Escape("\ud83d\U0001F600"));
        Assert.Equal(@"a\ud83db", PrintableText.Escape("a\ud83db"));
    }

    [Fact]
    public void Text_with_nothing_to_escape_is_returned_unchanged()
    {
        string text = new('x', 100);
        Assert.Same(text, PrintableText.Escape(text));
    }

    [Fact]
    public void No_text_shows_a_control_or_format_character() => Prop.ForAll(
        Gen.Frequency((3, Gen.Choose(0, 0x2FF)), (1, Gen.Choose(0x2000, 0x20FF)), (1, Gen.Choose(0xD800, 0xDFFF)), (1, Gen.Choose(0, 0xFFFF)))
            .Select(value => (char)value).ArrayOf().ToArbitrary(),
        characters =>
        {
            string shown = PrintableText.Escape(new string(characters));
            return Enumerable.Range(0, shown.Length).All(at => !IsDangerous(shown, at)) && PrintableText.Escape(shown) == shown;
        }).Holds(1000);

    private static bool IsDangerous(string text, int at) =>
        !(at > 0 && char.IsSurrogatePair(text, at - 1))
        && CharUnicodeInfo.GetUnicodeCategory(text, at)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
