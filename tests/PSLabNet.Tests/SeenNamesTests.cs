using System.Globalization;
using System.Linq;
using PSLabNet.Parameters;
using Xunit;

namespace PSLabNet.Tests;

public sealed class SeenNamesTests
{
    [Fact]
    public void Completion_remembers_the_newest_names_and_forgets_the_oldest()
    {
        var names = new SeenNames();
        for (int place = 0; place <= SeenNames.Most; place++)
        {
            names["name" + place.ToString(CultureInfo.InvariantCulture)] = "first";
        }

        names["NAME5"] = "again";

        Assert.Equal(SeenNames.Most, names.Count());
        Assert.DoesNotContain(names, name => name.Key == "name0");
        Assert.Equal("again", Assert.Single(names, name => name.Key == "name5").Value);
    }
}
