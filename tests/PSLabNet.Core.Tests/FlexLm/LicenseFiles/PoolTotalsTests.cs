using System;
using System.Globalization;
using System.Linq;
using PSLabNet.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.LicenseFiles;

public sealed class PoolTotalsTests
{
    // The corpus' zone is one hour ahead of UTC; two hours from the last Sunday of March to the last Sunday of October.
    [Theory]
    [InlineData("2025-06-30T00:00:00+02:00", "2025-06-30T23:59:59+02:00", 0)]
    [InlineData("2025-06-30T00:00:00+02:00", "2025-07-01T00:00:00+02:00", -1)]
    [InlineData("2025-06-30T00:00:00+02:00", "2025-06-29T22:30:00Z", 0)]
    [InlineData("2025-06-30T00:00:00+02:00", "2025-06-29T23:59:00-10:00", 0)]
    [InlineData("2025-06-30T00:00:00+02:00", "2025-01-31T23:30:00+01:00", 150)]
    [InlineData("2025-12-31T00:00:00+01:00", "2025-07-01T00:30:00+02:00", 183)]
    public void Days_left_are_counted_in_the_zone_that_the_last_day_is_of(string lastDay, string now, int expected) =>
        Assert.Equal(expected, PoolTotals.DaysLeft(Time(lastDay), Time(now), Corpus.Zone));

    [Theory]
    [InlineData("2025-12-31T00:00:00+09:00", "2025-12-30T14:59:59Z", 1)]
    [InlineData("2025-12-31T00:00:00+09:00", "2025-12-30T15:00:00Z", 0)]
    [InlineData("2025-12-31T00:00:00-08:00", "2026-01-01T08:00:00+01:00", 0)]
    [InlineData("2025-12-31T00:00:00-08:00", "2026-01-01T09:00:00+01:00", -1)]
    public void Days_left_of_another_zone_are_counted_at_its_offset(string lastDay, string now, int expected) =>
        Assert.Equal(expected, PoolTotals.DaysLeft(Time(lastDay), Time(now), Corpus.Zone));

    [Fact]
    public void A_license_without_a_last_day_has_no_days_left() =>
        Assert.Null(PoolTotals.DaysLeft(null, Time("2025-06-30T00:00:00Z"), Corpus.Zone));

    [Theory]
    [InlineData("", null)]
    [InlineData("never", null)]
    [InlineData("-2 5 9", 5)]
    [InlineData("-2 never", null)]
    [InlineData("never 9", 9)]
    [InlineData("-2 -5", -2)]
    [InlineData("0 -5", 0)]
    public void A_feature_expires_with_the_nearest_pool_that_is_not_past(string daysLeft, int? expected)
    {
        DateTimeOffset today = Time("2025-06-30T00:00:00Z");
        FlexLmPool[] pools = [.. Words(daysLeft).Select(word => word == "never"
            ? new FlexLmPool()
            : new FlexLmPool { DaysLeft = Number(word), Expires = today.AddDays(Number(word)) })];

        Assert.Equal(expected is { } days ? today.AddDays(days) : null, PoolTotals.NearestExpiry(pools));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("2 3", 5)]
    [InlineData("2 ?", null)]
    [InlineData("2147483647 1", int.MaxValue)]
    public void What_one_pool_does_not_know_the_sum_does_not_know(string issued, int? expected)
    {
        FlexLmPool[] pools = [.. Words(issued).Select(word => new FlexLmPool { Issued = word == "?" ? null : Number(word) })];

        Assert.Equal(expected, PoolTotals.Sum(pools, pool => pool.Issued));
    }

    private static string[] Words(string text) => text.Split([' '], StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
