using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>The window of requests for license status, with more features than it holds.</summary>
public sealed class StatusWindowTests
{
    private const int Features = 100;
    private const uint Time = 1700000000;

    [Theory]
    [InlineData(FlexLmSimulatorFault.DropAhead)]
    [InlineData(FlexLmSimulatorFault.CloseAhead)]
    [InlineData(FlexLmSimulatorFault.OutOfTurn)]
    [InlineData(FlexLmSimulatorFault.UsageLast)]
    public async Task A_daemon_that_cannot_pipeline_is_remembered(FlexLmSimulatorFault fault)
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Fault = fault, FeatureCount = 40 });
        var known = new KnownDaemons();
        var first = new Asking { Known = known };
        var second = new Asking { Known = known };

        await first.AskAsync(simulator.Server, 60);
        await second.AskAsync(simulator.Server, 60);

        foreach (Asking asking in new[] { first, second })
        {
            Assert.Equal(40, asking.Features.Count);
            Assert.All(asking.Features, feature => Assert.Equal((true, 1), (feature.IsComplete, feature.InUse)));
            asking.AssertEveryUserIsWhereHeBelongs();
        }

        Assert.Equal(3, simulator.ConnectionsOf("demo"));
        Assert.DoesNotContain(second.VerboseLines, line => line.Contains("one at a time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_daemon_that_begins_to_answer_in_another_order_is_noticed()
    {
        var options = new FlexLmSimulatorOptions { FeatureCount = Features, LatencyMs = 30 };
        using FlexLmSimulator simulator = Asking.WithOwnUsers(options);
        var known = new KnownDaemons();
        var before = new Asking { Known = known };
        await before.AskAsync(simulator.Server, 60);
        simulator.Behave(options with { Fault = FlexLmSimulatorFault.OutOfTurn });

        var after = new Asking { Known = known };
        await after.AskAsync(simulator.Server, 60);

        Assert.All(after.Features, feature => Assert.True(feature.IsComplete));
        after.AssertEveryUserIsWhereHeBelongs();
    }

    // The two answers are of different groups of those that are checked together, and had both been asked for.
    [Theory]
    [InlineData(31)]
    [InlineData(47)]
    [InlineData(63)]
    public async Task Two_answers_in_each_others_place_are_noticed_where_their_totals_differ(int place)
    {
        byte[]? held = null;
        int asked = 0;
        using var server = new ScriptedLicense(
            "VENDOR v\n" + string.Concat(Enumerable.Range(1, Features).Select(count => $"INCREMENT f{count} v 1.0 permanent {count} SIGN={count:X20}\n")),
            vendorAnswer: request =>
            {
                if (!request.Is(FrameType.LicenseStatusRequest))
                {
                    return null;
                }

                int total = int.Parse(StatusRequest.Decode(request.Frame!).Feature[1..], System.Globalization.CultureInfo.InvariantCulture);
                byte[] answer = new StatusReply(0, total, Time).Encode(Time);
                switch (Interlocked.Increment(ref asked) - place)
                {
                    case 1:
                        held = answer;
                        return [];
                    case 2:
                        return [answer, held!];
                    default:
                        return [answer];
                }
            });

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Contains(asking.VerboseLines, line => line.Contains("one at a time", StringComparison.Ordinal));
        FlexLmFeature[] features = [.. asking.Features.Where(feature => feature.IsComplete)];
        Assert.Equal(Features, features.Length);
        Assert.All(features, feature => Assert.Equal("f" + feature.Issued, feature.Name));
    }

    [Fact]
    public async Task Refused_features_among_many_fail_alone_and_are_asked_for_again_once()
    {
        int asked = 0;
        using var server = new ScriptedLicense(ScriptedLicense.Lines(Features), vendorAnswer: request =>
        {
            if (!request.Is(FrameType.LicenseStatusRequest))
            {
                return null;
            }

            Interlocked.Increment(ref asked);
            return [StatusRequest.Decode(request.Frame!).Feature[^1] == '7' ? ErrorReply.Encode(-5) : new StatusReply(0, 10, Time).Encode(Time)];
        });

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal(10, asking.Features.Count(feature => feature.Error?.Code == -5));
        Assert.Equal(90, asking.Features.Count(feature => feature.IsComplete));
        Assert.Equal(Features + 1, asked);
        Assert.DoesNotContain(asking.VerboseLines, line => line.Contains("one at a time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_daemon_that_does_not_answer_the_request_for_the_names_gives_all_numbers()
    {
        using var server = new ScriptedLicense(ScriptedLicense.Lines(Features), vendorAnswer: request => request.Is(FrameType.FeaturesRequest) ? [] : null);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal(Features, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
        Assert.DoesNotContain(asking.VerboseLines, line => line.Contains("one at a time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    public async Task Any_number_of_features_is_asked_for_once_each_but_for_one_probe(int features)
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { FeatureCount = features });

        Asking asking = await Asking.FeaturesOf(simulator);

        asking.AssertEveryUserIsWhereHeBelongs();
        Assert.Equal(features, asking.Features.Count(feature => feature.IsComplete));
        Assert.Equal(features + 1, simulator.Requests.Count(request => request.Kind == nameof(FrameType.LicenseStatusRequest)));
        Assert.Single(simulator.Requests, request => request.Kind == nameof(FrameType.FeaturesRequest));
        Assert.Equal(1, simulator.ConnectionsOf("demo"));
    }
}
