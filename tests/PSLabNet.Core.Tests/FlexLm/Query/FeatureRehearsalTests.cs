using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query.Features;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

public sealed class FeatureRehearsalTests
{
    /// <summary>Nobody sees what happens beside the first query, so a rehearsal that stops in the middle would go unnoticed.</summary>
    [Fact]
    public void The_rehearsal_reads_a_license_its_numbers_and_a_user()
    {
        FlexLmFeature feature = FeatureRehearsal.Run();
        Assert.Equal((2, 1, 1), (feature.Issued, feature.InUse, feature.Available));
        Assert.Equal("user@host rehearsal (1)", Assert.Single(feature.Checkouts).ToString());
        Assert.True(feature.IsComplete);
        Assert.Empty(feature.Warnings);
        Assert.Null(feature.Error);
    }
}
