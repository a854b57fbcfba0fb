using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Logging;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>Usage frames that do not fit, and daemons that cannot pipeline. The numbers must still be right.</summary>
public sealed class UsageFaultTests
{
    [Theory]
    [InlineData(FlexLmSimulatorFault.DropAhead)]
    [InlineData(FlexLmSimulatorFault.CloseAhead)]
    [InlineData(FlexLmSimulatorFault.OutOfTurn)]
    [InlineData(FlexLmSimulatorFault.UsageLast)]
    public async Task A_daemon_that_cannot_pipeline_is_queried_one_at_a_time(FlexLmSimulatorFault fault)
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Fault = fault, FeatureCount = 20 }, checkouts: 2);

        Asking asking = await Asking.FeaturesOf(simulator, 60);

        Assert.Empty(asking.Result.Errors);
        Assert.Equal(20, asking.Features.Count);
        Assert.All(asking.Features, feature =>
        {
            Assert.True(feature.IsComplete);
            Assert.Equal((2, 20), (feature.InUse, feature.Issued));
            Assert.Equal(2, feature.Checkouts.Count);
        });
        asking.AssertEveryUserIsWhereHeBelongs();
        Assert.Contains(asking.VerboseLines, line => line.Contains("one at a time", StringComparison.Ordinal));
        Assert.Equal(2, simulator.ConnectionsOf("demo"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public async Task Answers_out_of_order_are_noticed_although_licenses_are_taken_meanwhile(int mostTaken)
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.OutOfTurn });
        var features = new List<FlexLmFeature>();
        var options = new FlexLmQueryOptions { Timeout = TimeSpan.FromSeconds(60), Log = new TakesWhatIsAskedAgain(simulator, mostTaken) };

        await new FlexLmClient(options).GetFeaturesAsync(
            Asking.Address(simulator.Server), FlexLmFeatureFilter.All, features.Add, TestContext.Current.CancellationToken);

        Assert.Equal(5, features.Count);
        Assert.All(features, feature => Assert.All(feature.Checkouts, checkout => Assert.Equal("user-of-" + feature.Name, checkout.User)));
        Assert.All(features, feature => Assert.True(feature.IsComplete));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Usage_that_comes_late_is_waited_for_also_where_only_one_feature_is_asked_for(int features)
    {
        // The daemon sends the users of the last feature when it is asked for something else.
        string last = $"f{features - 1}";
        byte[] user = new UsageReply(UsageKind.Checkout, "alice", "ws", "tty", "1.0") { Since = ScriptedLicense.Time, Number = 1 }.Encode(ScriptedLicense.Time);
        using var server = new ScriptedLicense(ScriptedLicense.Lines(features), vendorAnswer: request =>
            request.Is(FrameType.FeaturesRequest) ? [user, .. ScriptedLicense.Send("f0", TextForm.Messages)]
            : request.Is(FrameType.LicenseStatusRequest) && StatusRequest.Decode(request.Frame!).Feature == last ? [new StatusReply(1, 10, ScriptedLicense.Time).Encode(ScriptedLicense.Time)]
            : null);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal("alice", Assert.Single(asking.Feature(last).Checkouts).User);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
    }

    [Fact]
    public async Task Answers_out_of_order_are_noticed_from_the_totals_alone()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            LicenseText = "VENDOR v\nINCREMENT A v 1.0 permanent 1 SIGN=A1\nINCREMENT B v 1.0 permanent 2 SIGN=B1\nINCREMENT C v 1.0 permanent 3 SIGN=C1\n",
            Fault = FlexLmSimulatorFault.OutOfTurn,
        });

        Asking asking = await Asking.FeaturesOf(simulator, 60);

        Assert.Equal([1, 2, 3], [asking.Feature("A").Issued, asking.Feature("B").Issued, asking.Feature("C").Issued]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task Fewer_usage_frames_than_announced_make_a_feature_incomplete(int features)
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(
            new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.FewerUsage, FeatureCount = features }, checkouts: 4);

        Asking asking = await Asking.FeaturesOf(simulator, 60);

        Assert.Equal(features, asking.Features.Count);
        Assert.All(asking.Features, feature =>
        {
            Assert.False(feature.IsComplete);
            Assert.Equal((4, 4, 16), (feature.ReportedInUse, feature.InUse, feature.Available));
            Assert.Equal(3, feature.Checkouts.Count);
            Assert.NotEmpty(feature.Warnings);
        });
        asking.AssertEveryUserIsWhereHeBelongs();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task More_usage_frames_than_announced_make_a_feature_incomplete(int features)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(
            new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.MoreUsage, FeatureCount = features, CheckoutCount = 2 });

        Asking asking = await Asking.FeaturesOf(simulator, 60);

        Assert.Equal(features, asking.Features.Count);
        Assert.All(asking.Features, feature =>
        {
            Assert.False(feature.IsComplete);
            Assert.Equal((2, 2), (feature.ReportedInUse, feature.InUse));
            Assert.Equal(3, feature.Checkouts.Count);
            Assert.NotEmpty(feature.Warnings);
        });
    }

    /// <summary>Checks out a license of a feature just before its status is requested again.</summary>
    private sealed class TakesWhatIsAskedAgain(FlexLmSimulator simulator, int most) : ILabLog
    {
        private readonly HashSet<string> asked = [];
        private int taken;

        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Bytes(string message, byte[] bytes)
        {
            const string Status = "ask for the status of ";
            int at = message.IndexOf(Status, StringComparison.Ordinal);
            if (at < 0 || message.IndexOf("<-", StringComparison.Ordinal) < 0)
            {
                return;
            }

            string feature = message.Substring(at + Status.Length);
            if (!asked.Add(feature) && taken < most)
            {
                taken++;
                Assert.NotNull(simulator.Checkout(feature, "user-of-" + feature, "ws", "later" + taken, 1));
            }
        }
    }
}
