using System.Globalization;
using System.Linq;
using PSLabNet.Parameters;
using Xunit;

namespace PSLabNet.Tests;

public sealed class SeenNamesTests
{
    [Fact]
    public void No_more_names_are_kept_than_the_limit()
    {
        var names = new SeenNames();
        foreach (int number in Enumerable.Range(0, SeenNames.Limit + 100))
        {
            names.Add(number.ToString(CultureInfo.InvariantCulture), "seen");
            names.AddNew("n" + number.ToString(CultureInfo.InvariantCulture), "uses licenses", "27000@lic1");
        }

        Assert.Equal(SeenNames.Limit, names.All.Count());
    }

    [Fact]
    public void A_name_that_is_known_gets_the_newest_tooltip_in_either_case()
    {
        var names = new SeenNames();
        names.Add("Theta", "on eth0");
        names.Add("theta", "on eth1");
        Assert.Equal("on eth1", Assert.Single(names.All).Value);
    }

    [Fact]
    public void An_empty_name_is_ignored()
    {
        var names = new SeenNames();
        names.Add(string.Empty, "seen");
        names.AddNew(string.Empty, "uses licenses", "27000@lic1");
        Assert.Empty(names.All);
    }
}
