using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Watching;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Watching;

public sealed class CheckoutWatchTests
{
    private static readonly FlexLmError NoAnswer = new() { Code = -16, Message = "Cannot read data from license server system." };

    private readonly FlexLmCheckoutWatch watch = new();

    [Fact]
    public void Checkouts_of_the_first_complete_poll_are_not_reported_although_the_poll_before_failed_halfway()
    {
        // lmgrd answers, but its vendor daemon does not. The features are known from the license file, their holders are not.
        Assert.Empty(Look(NoAnswer, Feature(NoAnswer)));
        Assert.Empty(Look(null, Feature(null, "user1", "user2")));
        Assert.Equal(["Taken alice"], Look(null, Feature(null, "user1", "user2", "alice")));
    }

    [Fact]
    public void A_list_from_a_poll_that_broke_off_is_not_compared()
    {
        Assert.Empty(Look(NoAnswer, Feature(NoAnswer, "user1")));
        Assert.Empty(Look(null, Feature(null, "user1", "user2")));
    }

    [Fact]
    public void A_poll_that_fails_after_a_complete_one_reports_nothing_as_returned()
    {
        Assert.Empty(Look(null, Feature(null, "user1", "user2")));
        Assert.Empty(Look(NoAnswer, Feature(NoAnswer)));
        Assert.Equal(["Returned user2"], Look(null, Feature(null, "user1")));
    }

    [Fact]
    public void Identical_licenses_are_reported_as_returned_one_by_one()
    {
        Assert.Empty(Look(null, Feature(null, "user1", "user2", "user2")));
        Assert.Empty(Look(null, new FlexLmFeature(Feature(null, "user1")) { IsComplete = false }));
        Assert.Equal(["Returned user2", "Returned user2"], Look(null, Feature(null, "user1")));
    }

    [Fact]
    public void Identical_licenses_are_reported_as_taken_once_although_a_poll_missed_them()
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
