using System.Globalization;
using PSLabNet.Parameters;
using Xunit;

namespace PSLabNet.Tests;

public sealed class SeenNamesTests
{
    [Fact]
    public void The_newest_names_are_kept_and_the_oldest_are_forgotten()
    {
        var names = new SeenNames();
        for (int place = 0; place <= SeenNames.Limit; place++)
        {
            names.Add("name" + place.ToString(CultureInfo.InvariantCulture), "first");
        }

        names.Add("NAME5", "again");
        names.AddNew("name6", "uses licenses", "27000@lic1");

        Assert.Equal(SeenNames.Limit, names.All.Count);
        Assert.DoesNotContain(names.All, name => name.Key == "name0");
        Assert.Equal("again", Assert.Single(names.All, name => name.Key == "name5").Value);
        Assert.Equal("first", Assert.Single(names.All, name => name.Key == "name6").Value);
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
