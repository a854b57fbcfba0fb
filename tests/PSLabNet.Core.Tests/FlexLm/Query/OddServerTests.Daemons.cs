using System;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <content>Vendor daemons that reject, ignore or reorder requests.</content>
public sealed partial class OddServerTests
{
    [Fact]
    public async Task A_signature_that_is_rejected_is_tried_without_its_blanks()
    {
        using ScriptedServer vendor = Vendor(request => request.Signature == "AAAABBBB"
            ? [new StatusReply(0, 10, Time).Encode(Time)]
            : [ErrorReply.Encode(-5)]);
        using ScriptedServer server = Manager(vendor, _ => [Text("VENDOR v\nINCREMENT f v 1.0 permanent 10 SIGN=\"AAAA BBBB\"\nINCREMENT g v 1.0 permanent 1 SIGN=CC\n")]);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal((10, true), (asking.Feature("f").Issued, asking.Feature("f").IsComplete));
        Assert.Equal((1, false, -5), (asking.Feature("g").Issued, asking.Feature("g").IsComplete, asking.Feature("g").Error!.Code));
    }

    [Fact]
    public async Task A_daemon_that_rejects_pipelined_requests_is_queried_one_at_a_time()
    {
        int refusals = 0;
        using ScriptedServer vendor = Vendor(request => request.Feature == "g" && Interlocked.Increment(ref refusals) == 1
            ? [ErrorReply.Encode(-60)]
            : [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor, _ => [Text(License)]);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
        Assert.Contains(asking.VerboseLines, line => line.Contains("one at a time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_daemon_that_ignores_one_request_answers_the_others()
    {
        using ScriptedServer vendor = Vendor(request => request.Feature == "f" ? [] : [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor, _ => [Text(License)]);

        Asking asking = await Asking.FeaturesOf(server.Address, 30);

        Assert.Equal((null, false), (asking.Feature("f").InUse, asking.Feature("f").IsComplete));
        Assert.Equal(-52, asking.Feature("f").Error!.Code);
        Assert.Equal((0, true), (asking.Feature("g").InUse, asking.Feature("g").IsComplete));
    }

    [Fact]
    public async Task A_daemon_that_ignores_the_request_for_license_sets_is_queried_without_them()
    {
        using ScriptedServer vendor = Vendor(request => [new StatusReply(0, 10, Time).Encode(Time)], licenseSets: []);
        using ScriptedServer server = Manager(vendor, _ => [Text(License)]);

        Assert.All((await Asking.FeaturesOf(server.Address, 30)).Features, feature => Assert.True(feature.IsComplete));
    }

    [Fact]
    public async Task A_daemon_without_license_sets_is_queried_further_on_the_same_connection()
    {
        using ScriptedServer vendor = Vendor(request => [new StatusReply(0, 10, Time).Encode(Time)], licenseSets: [ErrorReply.Encode(-60)]);
        using ScriptedServer server = Manager(vendor, _ => [Text(License)]);

        Assert.All((await Asking.FeaturesOf(server.Address)).Features, feature => Assert.True(feature.IsComplete));
    }

    [Fact]
    public async Task Answers_of_a_daemon_in_another_order_are_discarded()
    {
        // Every second status is that of the other feature, whatever was pipelined.
        int count = 0;
        using ScriptedServer vendor = Vendor(request =>
        {
            string feature = Interlocked.Increment(ref count) <= 2 ? (request.Feature == "f" ? "g" : "f") : request.Feature;
            return [new StatusReply(1, 10, Time).Encode(Time), Usage($"user-of-{feature}", 0)];
        });
        using ScriptedServer server = Manager(vendor, _ => [Text(License)]);

        Asking asking = await Asking.FeaturesOf(server.Address);

        asking.AssertEveryUserIsWhereHeBelongs();
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
    }
}
