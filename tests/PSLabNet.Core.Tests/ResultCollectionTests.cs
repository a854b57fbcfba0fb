using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using Xunit;

namespace PSLabNet.Tests;

public sealed class ResultCollectionTests
{
    [Fact]
    public void Its_text_is_that_of_its_items() => Assert.Equal("a, b; c", $"{new[] { "a, b", "c" }.ToIndexable()}");

    [Fact]
    public void A_list_without_items_has_no_text_and_is_the_same_object()
    {
        Assert.Equal(string.Empty, new List<int>().ToIndexable().ToString());
        Assert.Same(new List<int>().ToIndexable(), Enumerable.Empty<int>().ToIndexable());
    }

    [Fact]
    public void It_is_made_once()
    {
        ResultCollection<int> list = new[] { 1, 2, 3 }.ToIndexable();
        Assert.Same(list, ((IEnumerable<int>)list).ToIndexable());
        Assert.Equal(3, list.Length);
        Assert.Equal(2, list[1]);
    }

    [Fact]
    public void It_can_not_be_changed() => Assert.True(((IList<int>)new[] { 1 }.ToIndexable()).IsReadOnly);

    [Fact]
    public void A_new_record_has_lists_with_text()
    {
        var feature = new FlexLmFeature();
        Assert.Equal(string.Empty, $"{feature.Pools}{feature.Checkouts}{feature.Reservations}{feature.Warnings}");
        var status = new FlexLmServerStatus();
        Assert.Equal(string.Empty, $"{status.Vendors}{status.Nodes}{status.Warnings}");
    }
}
