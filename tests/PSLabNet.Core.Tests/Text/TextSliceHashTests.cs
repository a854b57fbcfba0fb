using System.Collections.Generic;
using System.Linq;
using PSLabNet.Text;
using Xunit;

namespace PSLabNet.Tests.Text;

public sealed class TextSliceHashTests
{
    private const int Places = 32 * 1024;

    // Of 10,000 texts with random hashes, over 8,600 have a slot of their own or are the first in theirs.
    [Theory]
    [InlineData("{0}")]
    [InlineData("user{0}")]
    [InlineData("host{0}.lab.example")]
    [InlineData("a-name-of-{0}x")]
    public void Numbered_names_spread_over_the_cache(string form)
    {
        IEnumerable<int> places = Enumerable.Range(10_000, 10_000)
            .Select(number => (int)TextSlice.Of(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, number)).Hash() & (Places - 1));
        Assert.InRange(places.Distinct().Count(), 8_000, 10_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(16)]
    public void Every_character_counts(int length)
    {
        string text = new('a', length);
        uint before = TextSlice.Of(text).Hash();
        for (int at = 0; at < length; at++)
        {
            string other = new string('a', at) + 'b' + new string('a', length - at - 1);
            Assert.NotEqual(before & (Places - 1), TextSlice.Of(other).Hash() & (Places - 1));
        }
    }
}
