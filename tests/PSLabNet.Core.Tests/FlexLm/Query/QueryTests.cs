using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

public sealed class QueryTests
{
    [Theory]
    [InlineData(FlexLmGeneration.New)]
    [InlineData(FlexLmGeneration.Old)]
    public async Task Status_and_features_are_the_same_in_both_generations(FlexLmGeneration generation)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            Vendors = ["a", "b"],
            FeatureCount = 3,
            CheckoutCount = 2,
            ReservationCount = 1,
            Generation = generation,
        });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);
        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal((FlexLmState.Up, generation, true), (status.Status, status.Generation, status.IsMaster));
        Assert.Equal(("lmgrd", "/opt/licenses/license.dat", simulator.Port), (status.Daemon, status.LicenseFile, status.Port));
        Assert.Equal(["a", "b"], status.Vendors.Select(vendor => vendor.Name));
        Assert.All(status.Vendors, vendor => Assert.Equal(FlexLmState.Up, vendor.Status));
        Assert.NotNull(status.ResponseTime);
        Assert.Null(status.Error);
        Assert.Empty(status.Warnings);
        Assert.Equal(6, asking.Features.Count);
        Assert.All(asking.Features, feature =>
        {
            Assert.Equal((20, 2, 1, 3, 17), (feature.Issued, feature.InUse, feature.Reserved, feature.ReportedInUse, feature.Available));
            Assert.Equal((true, FlexLmLicenseType.Floating, "1.0"), (feature.IsComplete, feature.LicenseType, feature.Version));
            Assert.Null(feature.Expires);
            Assert.Null(feature.DaysLeft);
            Assert.Null(feature.Queued);
            Assert.Equal(["user1", "user2"], feature.Checkouts.Select(checkout => checkout.User));
            Assert.Equal("group1", Assert.Single(feature.Reservations).User);
        });
        FlexLmCheckout first = asking.Feature("a_feature001").Checkouts[0];
        Assert.Equal(("ws1", "/dev/pts/1", 1, "101"), (first.HostName, first.Display, first.Count, first.Handle));
        Assert.NotNull(first.Since);
        Assert.NotNull(first.Duration);
        Assert.Empty(simulator.Failures);
    }

    [Fact]
    public async Task Only_the_named_feature_is_requested()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Vendors = ["a", "b"], FeatureCount = 10 });

        Asking asking = await Asking.FeaturesOf(simulator, filter: new FlexLmFeatureFilter { Feature = name => name == "a_feature003" });

        Assert.Equal("a_feature003", Assert.Single(asking.Features).Name);
        Assert.Equal("a_feature003", Assert.Single(simulator.Requests, request => request.Kind == nameof(FrameType.LicenseStatusRequest)).Detail);
        Assert.Equal((1, 1, 0), (simulator.ConnectionsOf("lmgrd"), simulator.ConnectionsOf("a"), simulator.ConnectionsOf("b")));
    }

    [Fact]
    public async Task Only_the_named_vendor_is_queried()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Vendors = ["a", "b"] });

        Asking asking = await Asking.FeaturesOf(simulator, filter: new FlexLmFeatureFilter { Vendor = name => name == "b" });

        Assert.All(asking.Features, feature => Assert.Equal("b", feature.Vendor));
        Assert.Equal((0, 1), (simulator.ConnectionsOf("a"), simulator.ConnectionsOf("b")));
    }

    [Fact]
    public async Task Each_daemon_gets_one_connection_and_each_feature_one_request_except_one_probe_of_the_order()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Vendors = ["a", "b"], FeatureCount = 40 });

        await Asking.FeaturesOf(simulator);

        Assert.Equal(3, simulator.Connections);
        Assert.Equal(41, simulator.Requests.Count(request => request is { Daemon: "a", Kind: nameof(FrameType.LicenseStatusRequest) }));
        Assert.Single(simulator.Requests, request => request is { Daemon: "a", Kind: nameof(FrameType.FeaturesRequest) });
        Assert.Single(simulator.Requests, request => request is { Daemon: "a", Kind: nameof(FrameType.LicenseSetsRequest) });
    }

    [Fact]
    public async Task Requests_to_a_distant_server_are_pipelined()
    {
        // One at a time they would take 26 s; pipelined, about ten round trips.
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 64, CheckoutCount = 2, LatencyMs = 400 });

        Asking asking = await Asking.FeaturesOf(simulator, seconds: 20);

        Assert.Equal(64, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete, feature.ToString()));
    }

    [Fact]
    public async Task Nothing_but_queries_is_ever_sent()
    {
        using FlexLmSimulator newer = Asking.WithOwnUsers(new FlexLmSimulatorOptions());
        using FlexLmSimulator older = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Generation = FlexLmGeneration.Old });
        var sent = new List<byte[]>();
        foreach (FlexLmSimulator simulator in new[] { newer, older })
        {
            sent.AddRange((await Asking.FeaturesOf(simulator)).Sent);
            var asking = new Asking();
            await new FlexLmClient(asking.Options(20)).GetStatusAsync(Asking.Address(simulator.Server), FlexLmFeatureFilter.All, TestContext.Current.CancellationToken);
            await new FlexLmClient(asking.Options(20)).GetLicenseAsync(Asking.Address(simulator.Server), TestContext.Current.CancellationToken);
            sent.AddRange(asking.Sent);
        }

        FlexLmMessage[] messages = [.. sent.Select(FlexLmMessage.Decode)];

        Assert.Equal(
            [FrameType.ManagerCommand, FrameType.LicenseSetsRequest, FrameType.FeaturesRequest, FrameType.LicenseStatusRequest],
            messages.Where(message => message.Frame is not null).Select(message => message.Frame!.Type).Distinct().Order());
        Assert.Equal(
            [LegacyKind.FeaturesRequest, LegacyKind.Hello, LegacyKind.LicenseStatusRequest],
            messages.Where(message => message.Old is not null).Select(message => message.Old!.Kind).Distinct().Order());
        Assert.Equal(
            ["", "dlist", "getpaths"],
            messages.Where(message => message.Is(FrameType.ManagerCommand)).Select(message => ManagerCommand.Decode(message.Frame!).Command).Distinct().Order());
    }

    [Fact]
    public void No_method_that_encodes_makes_any_other_request()
    {
        // A method named Encode... of a request type, or a method of VendorRequests, makes every request.
        Type[] requests = [.. typeof(FlexLmClient).Assembly.GetTypes()
            .Where(type => type.Namespace == "PSLabNet.FlexLm.Wire" && !type.IsNested)
            .Where(type => type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.EndsWith("Requests", StringComparison.Ordinal)
                || type.Name.EndsWith("Command", StringComparison.Ordinal))];

        Assert.Equal(["HelloRequest", "ManagerCommand", "StatusRequest", "VendorRequests"], requests.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_checkout_of_several_licenses_has_their_count()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 3 });
        simulator.Checkout("demo_feature002", "alice", "ws1", "tty", 5);

        FlexLmFeature feature = (await Asking.FeaturesOf(simulator)).Feature("demo_feature002");

        Assert.Equal(5, Assert.Single(feature.Checkouts).Count);
        Assert.Equal((5, 0, 15), (feature.InUse, feature.Reserved, feature.Available));

        // There are fewer entries than licenses in use, so entries may be missing.
        Assert.False(feature.IsComplete);
        Assert.Contains("lists only 1 of their entries", Assert.Single(feature.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_reservation_of_several_licenses_has_their_count()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 1 });
        simulator.Reserve("demo_feature001", "lab", 4);

        FlexLmFeature feature = Assert.Single((await Asking.FeaturesOf(simulator)).Features);

        Assert.Equal(4, Assert.Single(feature.Reservations).Count);
        Assert.Equal((0, 4, 4, false), (feature.InUse, feature.Reserved, feature.ReportedInUse, feature.IsComplete));
    }

    [Fact]
    public async Task PSLabNet_does_not_guess_which_of_several_checkouts_holds_several_licenses()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 4 });
        simulator.Checkout("demo_feature002", "alice", "ws1", "tty", 5);
        simulator.Checkout("demo_feature002", "bob", "ws2", "tty", 1);

        Asking asking = await Asking.FeaturesOf(simulator);

        FlexLmFeature feature = asking.Feature("demo_feature002");
        Assert.Equal([1, 1], feature.Checkouts.Select(checkout => checkout.Count));
        Assert.Equal((6, false), (feature.InUse, feature.IsComplete));
        Assert.NotEmpty(feature.Warnings);
        Assert.All(asking.Features.Where(other => other != feature), other => Assert.Equal((0, true), (other.InUse, other.IsComplete)));
    }

    [Fact]
    public async Task Checkouts_that_are_returned_are_gone()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 1 });
        ulong? handle = simulator.Checkout("demo_feature001", "alice", "ws1", "tty", 1);

        Assert.Equal(1, Assert.Single((await Asking.FeaturesOf(simulator)).Features).InUse);
        Assert.True(simulator.Return(handle!.Value));
        Assert.False(simulator.Return(handle.Value));
        Assert.Equal(0, Assert.Single((await Asking.FeaturesOf(simulator)).Features).InUse);
        Assert.Null(simulator.Checkout("demo_feature001", "alice", "ws1", "tty", 99));
    }

    [Fact]
    public async Task Licenses_outside_the_license_file_are_requested_too()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            FeatureCount = 1,
            LicenseSets = new Dictionary<string, string> { ["demo"] = "INCREMENT stored demo 2.0 31-dec-2099 7 SIGN=0011223344556677" },
        });

        FlexLmFeature feature = (await Asking.FeaturesOf(simulator, filter: new FlexLmFeatureFilter { Feature = name => name == "stored" })).Feature("stored");

        Assert.Equal((7, true, new DateTime(2099, 12, 31)), (feature.Issued, feature.IsComplete, feature.Expires!.Value.Date));
        Assert.True(feature.DaysLeft > 0);
    }

    [Fact]
    public async Task A_feature_without_a_license_line_has_no_invented_numbers()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            FeatureCount = 1,
            ExtraFeatures = new Dictionary<string, IReadOnlyList<string>> { ["demo"] = ["mystery"] },
        });

        FlexLmFeature feature = (await Asking.FeaturesOf(simulator)).Feature("mystery");

        Assert.Equal((null, null, null, false), (feature.Issued, feature.InUse, feature.Available, feature.IsComplete));
        Assert.Equal(FlexLmLicenseType.Unknown, feature.LicenseType);
    }
}
