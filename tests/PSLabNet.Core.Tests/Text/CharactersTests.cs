using System.Linq;
using PSLabNet.Text;
using Xunit;

namespace PSLabNet.Tests.Text;

public sealed class CharactersTests
{
    [Fact]
    public void Each_character_at_each_place_is_printable_ASCII_or_not()
    {
        foreach (char c in Enumerable.Range(0, 0x300).Concat([0x2028, 0xD800, 0xDC00, 0xFEFF, 0xFF20, 0xFFFF]).Select(number => (char)number))
        {
            for (int length = 1; length <= 40; length += 3)
            {
                string text = new string('a', length / 2) + c + new string('z', length - 1 - (length / 2));
                Assert.Equal((c is >= ' ' and <= '~', c <= '\x7F'), (Characters.ArePrintableAscii(text), Characters.AreAscii(text)));
            }
        }

        Assert.True(Characters.ArePrintableAscii(string.Empty) && Characters.AreAscii(string.Empty));
    }

    [Fact]
    public void A_text_is_compared_to_its_last_character()
    {
        char[] chars = "xxfeature_1yy".ToCharArray();
        Assert.True(Characters.AreEqual(chars, 2, "feature_1"));
        Assert.False(Characters.AreEqual(chars, 2, "feature_2"));
        Assert.False(Characters.AreEqual(chars, 2, "Feature_1"));
        Assert.True(Characters.AreEqual(chars, 13, string.Empty));
    }
}
