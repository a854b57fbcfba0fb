using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

public sealed class CheckoutWatchTests
{
    private static readonly FlexLmError NoAnswer = new() { Code = -16, Message = "Cannot read data from license server system." };

    private readonly FlexLmCheckoutWatch watch = new();

    [Fact]
    public void What_was_there_at_the_first_whole_look_is_not_told_although_the_first_look_failed_half_way()
    {
        // lmgrd answers, its vendor daemon does not: the features are known from the license file, their holders are not.
        Assert.Empty(Look(NoAnswer, Feature(NoAnswer)));
        Assert.Empty(Look(null, Feature(null, "user1", "user2")));
        Assert.Equal(["Taken alice"], Look(null, Feature(null, "user1", "user2", "alice")));
    }

    [Fact]
    public void What_was_listed_before_a_look_broke_off_is_nothing_to_compare_with()
    {
        Assert.Empty(Look(NoAnswer, Feature(NoAnswer, "user1")));
        Assert.Empty(Look(null, Feature(null, "user1", "user2")));
    }

    [Fact]
    public void A_look_that_fails_after_a_whole_one_gives_nothing_back()
    {
        Assert.Empty(Look(null, Feature(null, "user1", "user2")));
        Assert.Empty(Look(NoAnswer, Feature(NoAnswer)));
        Assert.Equal(["Returned user2"], Look(null, Feature(null, "user1")));
    }

    [Fact]
    public void Licenses_that_look_alike_are_given_back_each_by_itself()
    {
        Assert.Empty(Look(null, Feature(null, "user1", "user2", "user2")));
        Assert.Empty(Look(null, new FlexLmFeature(Feature(null, "user1")) { IsComplete = false }));
        Assert.Equal(["Returned user2", "Returned user2"], Look(null, Feature(null, "user1")));
    }

    [Fact]
    public void Licenses_that_look_alike_are_taken_once_although_a_look_missed_them()
    {
        Assert.Empty(Look(null, Feature(null, "user2", "user2")));
        Assert.Empty(Look(null, new FlexLmFeature(Feature(null)) { IsComplete = false }));
        Assert.Empty(Look(null, Feature(null, "user2", "user2")));
    }

    private static FlexLmFeature Feature(FlexLmError? error, params string[] users) => new()
    {
        Server = "27000@lic",
        Vendor = "demo",
        Name = "demo_feature001",
        Error = error,
        IsComplete = error is null,
        Checkouts = [.. users.Select(user => new FlexLmCheckout { User = user, HostName = "ws1", Server = "27000@lic", Vendor = "demo", Feature = "demo_feature001" })],
    };

    private IEnumerable<string> Look(FlexLmError? vendorError, FlexLmFeature feature)
    {
        var look = new FlexLmFeatureResult
        {
            Server = new FlexLmServerStatus { Server = "27000@lic", Status = vendorError is null ? FlexLmState.Up : FlexLmState.Degraded },
            Errors = vendorError is null ? [] : [vendorError],
        };
        return watch.Compare(look, [feature], DateTimeOffset.UnixEpoch).Select(change => $"{change.Kind} {change.User}");
    }
}
