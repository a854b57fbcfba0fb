using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.LicenseFiles;

/// <summary>How licenses are counted: License Administration Guide, "FEATURE and INCREMENT Lines".</summary>
public sealed class PoolTests
{
    private static readonly DateTimeOffset Now = new(new DateTime(2030, 6, 15, 12, 0, 0, DateTimeKind.Local));

    [Theory]
    [InlineData("INCREMENT f v 1.0 permanent 5 SIGN=A\nINCREMENT f v 1.0 permanent 3 SIGN=B", "f 1.0 8")]
    [InlineData("INCREMENT f v 1.0 permanent 5 SIGN=A\nINCREMENT f v 1.000 31-dec-2031 3 SIGN=B", "f 1.0 8")]
    [InlineData("INCREMENT f v 1.0 permanent 5 SIGN=A\nINCREMENT f v 2.0 permanent 3 SIGN=B", "f 1.0 5|f 2.0 3")]
    [InlineData("INCREMENT f v 1.0 permanent 5 SIGN=A\nINCREMENT f v 1.0 permanent 3 DUP_GROUP=UH SIGN=B", "f 1.0 5|f 1.0 3")]
    [InlineData("INCREMENT f v 1.0 permanent 5 SIGN=A\nINCREMENT f v 1.0 permanent 3 HOSTID=123 SIGN=B", "f 1.0 5|f 1.0 3")]
    [InlineData("INCREMENT f v 1.0 permanent 5 VENDOR_STRING=x SIGN=A\nINCREMENT f v 1.0 permanent 3 VENDOR_STRING=y SIGN=B", "f 1.0 5|f 1.0 3")]
    [InlineData("FEATURE f v 1.0 permanent 5 SIGN=A\nFEATURE f v 1.0 permanent 3 SIGN=B", "f 1.0 5")]
    [InlineData("FEATURE f v 1.0 permanent 5 SIGN=A\nFEATURE f v 2.0 permanent 3 SIGN=B", "f 1.0 5")]
    [InlineData("FEATURE f v 1.0 permanent 5 SIGN=A\nINCREMENT f v 1.0 permanent 3 SIGN=B", "f 1.0 8")]
    [InlineData("INCREMENT f v 1.0 permanent 5 SIGN=A\nFEATURE f v 1.0 permanent 3 SIGN=B", "f 1.0 5")]
    [InlineData("INCREMENT f v 1.0 permanent 5 SIGN=A\nINCREMENT f v 1.0 permanent 0 HOSTID=ANY SIGN=B", "f 1.0 5|f 1.0 0")]
    public void Lines_pool_by_the_guides_fields(string text, string expected) => Assert.Equal(expected, Describe(text));

    [Theory]
    [InlineData("INCREMENT f v 1 permanent 1 ISSUED=1-jan-2008 SIGN=A\nINCREMENT f v 1 permanent 4 SUPERSEDE ISSUED=1-jan-2009 SIGN=B", "f 1 4")]
    [InlineData("INCREMENT f v 1 permanent 1 SIGN=A\nINCREMENT f v 1 permanent 4 SUPERSEDE ISSUED=1-jan-2009 SIGN=B", "f 1 4")]
    [InlineData("INCREMENT f v 1 permanent 1 ISSUED=1-jan-2010 SIGN=A\nINCREMENT f v 1 permanent 4 SUPERSEDE ISSUED=1-jan-2009 SIGN=B", "f 1 5")]
    [InlineData("INCREMENT f v 1 permanent 1 ISSUED=1-jan-2008 SIGN=A\nINCREMENT f v 1 permanent 4 SUPERSEDE ISSUED=1-jan-2009 SIGN=B\nINCREMENT f v 1 permanent 3 SUPERSEDE ISSUED=1-jan-2009 SIGN=C", "f 1 7")]
    [InlineData("FEATURE f1 v 1 permanent 1 ISSUED=1-jan-2008 SIGN=A\nFEATURE f2 v 1 permanent 1 ISSUED=1-jan-2008 SIGN=B\nFEATURE f3 v 1 permanent 4 SUPERSEDE=\"f1 f2\" ISSUED=2-jan-2009 SIGN=C", "f3 1 4")]
    [InlineData("FEATURE f1 v 1 permanent 1 SIGN=\"AA BB\"\nFEATURE f2 v 1 permanent 1 SIGN=CC\nFEATURE f3 v 1 permanent 4 SUPERSEDE_SIGN={\"f1:AABB\" \"f2:DD\"} SIGN=EE", "f2 1 1|f3 1 4")]
    [InlineData("FEATURE f1 v 1 permanent 1 SIGN=\"AA BB\"\nFEATURE f3 v 1 permanent 4 SUPERSEDE_SIGN={\"f1:AABBCC\" \"F1:aa\"} SIGN=EE", "f3 1 4")]
    [InlineData("FEATURE f1 v 1 permanent 1 SIGN=\"AA BB\"\nFEATURE f3 v 1 permanent 4 SUPERSEDE_SIGN={\"f1:AABBCC\" \"f2:AABB\" \"f1:B\"} SIGN=EE", "f1 1 1|f3 1 4")]
    [InlineData("INCREMENT f v 1 permanent 1 START=1-jan-2008 SIGN=A\nINCREMENT f v 1 permanent 4 SUPERSEDE START=1-jan-2009 SIGN=B", "f 1 4")]
    [InlineData("INCREMENT f v 1 permanent 1 ISSUED=1-jan-2010 START=1-jan-2008 SIGN=A\nINCREMENT f v 1 permanent 4 SUPERSEDE ISSUED=1-jan-2009 START=1-jan-2011 SIGN=B", "f 1 5")]
    [InlineData("FEATURE f v 1 permanent 1 ISSUED=1-jun-2009 SIGN=A\nFEATURE g v 1 permanent 2 SUPERSEDE=f ISSUED=1-jan-2009 SIGN=B\nFEATURE h v 1 permanent 3 SUPERSEDE=f ISSUED=1-jan-2010 SIGN=C", "g 1 2|h 1 3")]
    [InlineData("FEATURE f v 1 permanent 1 ISSUED=1-jun-2009 SIGN=A\nFEATURE h v 1 permanent 3 SUPERSEDE=f ISSUED=1-jan-2010 SIGN=C\nFEATURE g v 1 permanent 2 SUPERSEDE=f ISSUED=1-jan-2009 SIGN=B", "h 1 3|g 1 2")]
    [InlineData("FEATURE f1 v 1 permanent 1 SIGN=AA\nFEATURE f3 v 1 permanent 4 SUPERSEDE_SIGN={\"f1:\" \":AA\" \"f1\"} SIGN=EE", "f1 1 1|f3 1 4")]
    public void Superseded_lines_do_not_count(string text, string expected) => Assert.Equal(expected, Describe(text));

    [Theory]
    [InlineData("INCREMENT f v 1.000 permanent 5 SIGN=A\nUPGRADE f v 1.000 2.000 permanent 2 SIGN=B", "f 1.000 3|f 2.000 2")]
    [InlineData("INCREMENT f v 1.000 permanent 1 SIGN=A\nUPGRADE f v 1.000 2.000 permanent 2 SIGN=B", "f 1.000 0|f 2.000 1")]
    [InlineData("INCREMENT f v 0.5 permanent 5 SIGN=A\nUPGRADE f v 1.000 2.000 permanent 2 SIGN=B", "f 0.5 5")]
    [InlineData("INCREMENT p v 1.0 permanent 5 SIGN=A\nPACKAGE p v 1.0 COMPONENTS=\"a b:2.0 c:3.0:7\" SIGN=B", "p 1.0 5|a 1.0 5|b 2.0 5|c 3.0 7")]
    [InlineData("INCREMENT p v 1.0 permanent 5 SIGN=A\nINCREMENT p v 2.0 permanent 3 SIGN=B\nPACKAGE p v 2.00 COMPONENTS=a SIGN=C", "p 1.0 5|p 2.0 3|a 2.0 3")]
    [InlineData("INCREMENT f v 1.0 permanent 5 SIGN=A\nINCREMENT F v 1.5 permanent 4 SIGN=B\nINCREMENT g v 1.0 permanent 3 SIGN=C\nUPGRADE f v 1.0 2.0 permanent 2 SIGN=D", "f 1.0 5|F 1.5 2|g 1.0 3|f 2.0 2")]
    [InlineData("PACKAGE p v 1.0 COMPONENTS=\"a b\" SIGN=B", "")]
    public void Upgrades_convert_licenses_and_packages_need_their_feature_line(string text, string expected) => Assert.Equal(expected, Describe(text));

    [Theory]
    [InlineData("5", "", FlexLmLicenseType.Floating)]
    [InlineData("5", "HOSTID=ANY", FlexLmLicenseType.Floating)]
    [InlineData("5", "HOSTID=0011", FlexLmLicenseType.NodeLocked)]
    [InlineData("uncounted", "HOSTID=0011", FlexLmLicenseType.UncountedNodeLocked)]
    [InlineData("0", "HOSTID=ANY", FlexLmLicenseType.Uncounted)]
    public void The_license_type_follows_from_count_and_host(string count, string hostId, FlexLmLicenseType expected) =>
        Assert.Equal(expected, Assert.Single(PoolsOf($"INCREMENT f v 1.0 permanent {count} {hostId} SIGN=A")).Type);

    [Fact]
    public void The_expiry_is_the_nearest_that_is_not_past()
    {
        static DateTimeOffset? Of(params string[] dates) =>
            Assert.Single(PoolsOf(string.Join("\n", dates.Select(date => $"INCREMENT f v 1.0 {date} 1 SIGN=A{date}")))).ExpiresAsOf(Now);

        Assert.Equal(15, Of("1-jan-2030", "15-jun-2030", "1-jan-2031", "permanent")!.Value.Day);
        Assert.Null(Of("1-jan-2030", "permanent"));
        Assert.Equal(2030, Of("1-jan-2029", "1-jan-2030")!.Value.Year);
    }

    [Fact]
    public async Task Pools_are_counted_once_and_requested_once()
    {
        using FlexLmSimulator simulator = Start("INCREMENT f v 1.0 permanent 5 SIGN=A1\nINCREMENT f v 1.0 permanent 3 SIGN=B1\nINCREMENT f v 2.0 permanent 2 SIGN=C1");
        simulator.Checkout("f", "alice", "ws", "tty", 1);
        simulator.Checkout("f", "bob", "ws", "tty", 1);

        FlexLmFeature feature = (await Asking.FeaturesOf(simulator)).Feature("f");

        Assert.Equal((10, 2, 8, "2.0", true), (feature.Issued, feature.InUse, feature.Available, feature.Version, feature.IsComplete));
        Assert.Equal([(8, 2), (2, 0)], feature.Pools.Select(pool => (pool.Issued!.Value, pool.InUse!.Value)));
        Assert.Equal([2, 1], feature.Pools.Select(pool => pool.Lines.Count));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task The_servers_answers_show_whether_vendor_strings_separate_pools(bool ignored, int pools)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            LicenseText = "VENDOR v\nINCREMENT f v 1.0 permanent 5 VENDOR_STRING=x SIGN=A1\nINCREMENT f v 1.0 permanent 3 VENDOR_STRING=y SIGN=B1\n",
            PoolsIgnoreVendorString = ignored,
        });
        simulator.Checkout("f", "alice", "ws", "tty", 1);

        FlexLmFeature feature = (await Asking.FeaturesOf(simulator)).Feature("f");

        Assert.Equal((8, 1, true), (feature.Issued, feature.InUse, feature.IsComplete));
        Assert.Equal(pools, feature.Pools.Count);
        Assert.Single(feature.Checkouts);
    }

    [Fact]
    public async Task Uncounted_and_node_locked_licenses_have_no_invented_numbers()
    {
        using FlexLmSimulator simulator = Start(
            "INCREMENT u v 1.0 permanent uncounted HOSTID=0011 SIGN=A1\nINCREMENT n v 1.0 31-dec-2099 2 HOSTID=0022 SIGN=B1\nINCREMENT m v 1.0 permanent 2 SIGN=C1\nINCREMENT m v 1.0 permanent 0 HOSTID=0033 SIGN=D1");

        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal((null, null, FlexLmLicenseType.UncountedNodeLocked), (asking.Feature("u").Issued, asking.Feature("u").Available, asking.Feature("u").LicenseType));
        Assert.Equal((2, "0022", FlexLmLicenseType.NodeLocked), (asking.Feature("n").Issued, asking.Feature("n").Pools[0].HostId, asking.Feature("n").LicenseType));
        Assert.Equal((2, FlexLmLicenseType.Mixed), (asking.Feature("m").Issued, asking.Feature("m").LicenseType));
    }

    [Fact]
    public async Task A_license_of_the_past_is_shown_as_expired()
    {
        using FlexLmSimulator simulator = Start("INCREMENT f v 1.0 1-jan-2001 5 SIGN=A1");

        FlexLmFeature feature = (await Asking.FeaturesOf(simulator)).Feature("f");

        Assert.True(feature.DaysLeft < 0);
        Assert.Equal((0, 2001), (feature.Issued, feature.Expires!.Value.Year));
    }

    [Fact]
    public async Task A_line_that_the_daemon_does_not_know_is_an_error_of_its_feature_only()
    {
        // The line of the license set belongs to another vendor, so no simulated daemon knows it.
        using FlexLmSimulator simulator = Start("INCREMENT f v 1.0 permanent 5 SIGN=A1\nINCREMENT g v 1.0 permanent 5\nINCREMENT h v 1.0 permanent 5 SIGN=C1");

        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal((false, null, 5, -114), (asking.Feature("g").IsComplete, asking.Feature("g").InUse, asking.Feature("g").Issued, asking.Feature("g").Error!.Code));
        Assert.True(asking.Feature("f").IsComplete && asking.Feature("h").IsComplete);
    }

    private static FlexLmSimulator Start(string lines) =>
        FlexLmSimulator.Start(new FlexLmSimulatorOptions { LicenseText = $"SERVER this_host ANY\nVENDOR v\n{lines}\n" });

    private static IReadOnlyList<LicensePool> PoolsOf(string text) =>
        LicensePools.Of(FlexLmLicenseFile.Parse(text, "test", fault => Assert.Fail(fault.ToString())));

    private static string Describe(string text) =>
        string.Join("|", PoolsOf(text).Select(pool => $"{pool.Name} {pool.Version} {pool.Quantity}"));
}
