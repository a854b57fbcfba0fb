using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>How many licenses a checkout holds, and who holds them on servers of the old generation.</summary>
public sealed class CheckoutCountTests
{
    private const uint Time = 1700000000;

    [Theory]
    [InlineData(FlexLmSimulatorCountField.BeforeTime)]
    [InlineData(FlexLmSimulatorCountField.Time)]
    [InlineData(FlexLmSimulatorCountField.NumberHigh)]
    [InlineData(FlexLmSimulatorCountField.NumberLow)]
    [InlineData(FlexLmSimulatorCountField.Number)]
    public async Task The_field_that_explains_every_feature_is_the_number_of_licenses(FlexLmSimulatorCountField field)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 4, CountField = field });
        simulator.Checkout("demo_feature001", "alice", "ws1", "tty1", 3);
        simulator.Checkout("demo_feature001", "bob", "ws2", "tty2", 1);
        simulator.Checkout("demo_feature002", "carol", "ws3", "tty3", 5);
        simulator.Checkout("demo_feature003", "dave", "ws4", "tty4", 1);

        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal([3, 1], asking.Feature("demo_feature001").Checkouts.Select(checkout => checkout.Count));
        Assert.Equal([5], asking.Feature("demo_feature002").Checkouts.Select(checkout => checkout.Count));
        Assert.Equal([1], asking.Feature("demo_feature003").Checkouts.Select(checkout => checkout.Count));
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
        Assert.Empty(asking.Result.Warnings);
        Assert.Contains(asking.VerboseLines, line => line.Contains("number of licenses", StringComparison.Ordinal));
        Assert.All(asking.Features.SelectMany(feature => feature.Checkouts), checkout => Assert.Equal(field == FlexLmSimulatorCountField.Time, checkout.Since is null));
    }

    [Fact]
    public async Task Without_such_a_field_nothing_is_invented()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 2 });
        simulator.Checkout("demo_feature001", "alice", "ws1", "tty1", 3);
        simulator.Checkout("demo_feature001", "bob", "ws2", "tty2", 2);

        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal([1, 1], asking.Feature("demo_feature001").Checkouts.Select(checkout => checkout.Count));
        Assert.False(asking.Feature("demo_feature001").IsComplete);
        Assert.Equal(5, asking.Feature("demo_feature001").InUse);
    }

    [Fact]
    public async Task A_field_that_another_feature_contradicts_is_not_taken()
    {
        // 4 + 2 is six, but in g the same field is 7 for one license.
        using ScriptedServer vendor = Vendor(request => request.Feature == "f"
            ? [new StatusReply(6, 10, Time).Encode(Time), Usage("alice", 4), Usage("bob", 2)]
            : [new StatusReply(1, 10, Time).Encode(Time), Usage("carol", 7)]);
        using ScriptedServer server = Manager(vendor.Port);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.False(asking.Feature("f").IsComplete);
        Assert.NotEmpty(asking.Feature("f").Warnings);
        Assert.Equal((true, 1), (asking.Feature("g").IsComplete, asking.Feature("g").Checkouts[0].Count));
    }

    [Fact]
    public async Task Two_fields_that_explain_everything_differently_decide_nothing()
    {
        using ScriptedServer vendor = Vendor(request => request.Feature == "f"
            ? [new StatusReply(6, 10, Time).Encode(Time), Usage("alice", 4, 2), Usage("bob", 2, 4)]
            : [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor.Port);

        Assert.False((await Asking.FeaturesOf(server.Address)).Feature("f").IsComplete);
    }

    [Fact]
    public async Task A_reservation_holds_what_the_checkouts_leave()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 2, CountField = FlexLmSimulatorCountField.BeforeTime });
        simulator.Checkout("demo_feature001", "alice", "ws1", "tty1", 3);
        simulator.Reserve("demo_feature001", "lab", 4);
        simulator.Checkout("demo_feature002", "bob", "ws1", "tty1", 2);

        FlexLmFeature feature = (await Asking.FeaturesOf(simulator)).Feature("demo_feature001");

        Assert.Equal((true, 3, 4, 7), (feature.IsComplete, feature.InUse, feature.Reserved, feature.ReportedInUse));
    }

    [Fact]
    public async Task Users_in_messages_of_the_old_generation_are_shown()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            FeatureCount = 3,
            Generation = FlexLmGeneration.Old,
            UsageForm = FlexLmSimulatorUsageForm.Messages,
        });
        simulator.Checkout("demo_feature001", "alice", "ws1", ":0", 1);
        simulator.Checkout("demo_feature001", "bob", "ws2", "tty2", 1);
        simulator.Checkout("demo_feature002", "carol", "ws3", "tty3", 1);

        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Empty(asking.Result.Errors);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
        FlexLmCheckout first = asking.Feature("demo_feature001").Checkouts[0];
        Assert.Equal(("alice", "ws1", ":0", "1.0", 1, string.Empty), (first.User, first.HostName, first.Display, first.Version, first.Count, first.Handle));
        Assert.NotNull(first.Since);
        Assert.Equal(["alice", "bob"], asking.Feature("demo_feature001").Checkouts.Select(checkout => checkout.User));
        Assert.Equal("carol", Assert.Single(asking.Feature("demo_feature002").Checkouts).User);
    }

    [Theory]
    [InlineData("alice|ws1|:0|1.0|1700000000", "alice ws1 :0 1.0 1700000000  whole")]
    [InlineData("alice|ws1|:0|1.0|1700000000|3", "alice ws1 :0 1.0 1700000000 3 whole")]
    [InlineData("alice|ws1|:0|1.0|3|1700000000", "alice ws1 :0 1.0 1700000000 3 whole")]
    [InlineData("alice|ws1||52|1700000000", "alice ws1  52 1700000000  whole")]
    [InlineData("alice|ws1|2024.1|1700000000", "alice ws1  2024.1 1700000000  whole")]
    [InlineData("alice|ws1|10.0.0.7|1.0|1700000000", "alice ws1 10.0.0.7 1.0 1700000000  whole")]
    [InlineData("12345|ws1|:0|1.0|1700000000", "12345 ws1 :0 1.0 1700000000  whole")]
    [InlineData("alice|ws1|:0|1.0", "alice ws1 :0 1.0 0  partial")]
    [InlineData("alice", "alice    0  partial")]
    [InlineData("alice|ws1|:0|1.0|1700000000|3|what", "alice ws1 :0 1.0 1700000000 3 partial")]
    public void A_user_of_the_old_generation_is_read_by_the_form_of_the_fields(string fields, string expected)
    {
        var message = new LegacyMessage(LegacyKind.Numbers, Encoding.ASCII.GetBytes(fields.Replace('|', '\0')));

        Assert.True(LegacyUsage.IsUsage(LegacyMessage.Decode(message.Encode()), isStatusAwaited: false));
        UsageReply usage = LegacyUsage.Decode(LegacyMessage.Decode(message.Encode()));

        Assert.Equal(expected, $"{usage.User} {usage.Host} {usage.Display} {usage.Version} {usage.Since} {usage.Count} {(usage.IsPartial ? "partial" : "whole")}");
    }

    [Fact]
    public async Task A_user_of_the_old_generation_that_is_not_understood_makes_only_its_feature_incomplete()
    {
        using var vendor = new ScriptedServer(request => request.Old!.Kind switch
        {
            LegacyKind.Hello => [new HelloReply(10, 8, "127.0.0.1", "v").Encode(1)],
            LegacyKind.LicenseStatusRequest => StatusRequest.DecodeOld(request.Old).Feature == "f"
                ? [new StatusReply(1, 10, Time).EncodeOld(), new LegacyMessage(LegacyKind.Numbers, "alice\0ws1"u8.ToArray()).Encode()]
                : [new StatusReply(1, 10, Time).EncodeOld(), LegacyUsage.Encode(new UsageReply(UsageKind.Checkout, "bob", "ws2", "tty", "1.0") { Since = Time })],
            _ => LegacyTextReply.Encode("f g"u8.ToArray()),
        });
        using ScriptedServer server = Manager(vendor.Port);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal((false, "alice", "ws1"), (asking.Feature("f").IsComplete, asking.Feature("f").Checkouts[0].User, asking.Feature("f").Checkouts[0].HostName));
        Assert.Equal((true, "bob"), (asking.Feature("g").IsComplete, asking.Feature("g").Checkouts[0].User));
        Assert.Null(Assert.Single(asking.Result.Server.Vendors).Error);
    }

    private static byte[] Usage(string user, uint unknown, ulong number = 0x1234_5678_9ABC_DEF0) =>
        new UsageReply(UsageKind.Checkout, user, "ws", "tty", "1.0") { Since = Time, Number = number, Unknown = unknown }.Encode(Time);

    private static byte[] Text(string text) => TextReply.Encode(Time, Encoding.ASCII.GetBytes(text), (uint)text.Length);

    private static ScriptedServer Manager(int vendorPort) => new(request => request.Is(LegacyKind.Hello)
        ? [HelloRequest.Decode(request.Old!).Vendor.Length == 0 ? new HelloReply(11, 19, "127.0.0.1", "lmgrd").Encode(1) : new VendorAddress("127.0.0.1", (uint)vendorPort).Encode(Time)]
        : [Text(ManagerCommand.Decode(request.Frame!).Command == ManagerCommand.LicenseFile
            ? "VENDOR v\nINCREMENT f v 1.0 permanent 10 SIGN=A1\nINCREMENT g v 1.0 permanent 10 SIGN=B1\n"
            : "v")]);

    private static ScriptedServer Vendor(Func<StatusRequest, IEnumerable<byte[]>> status) => new(request =>
        request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, "127.0.0.1", "v").Encode(1)]
        : request.Is(FrameType.LicenseSetsRequest) ? [LicenseSetsReply.Encode(Time, [])]
        : request.Is(FrameType.FeaturesRequest) ? [Text("f g")]
        : status(StatusRequest.Decode(request.Frame!)));
}
