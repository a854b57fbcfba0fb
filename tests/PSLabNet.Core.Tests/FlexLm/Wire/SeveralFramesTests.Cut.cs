using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

public sealed partial class SeveralFramesTests
{
    [Fact]
    public async Task A_message_without_its_last_frame_is_not_complete()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            LicenseText = License,
            FragmentSize = 400,
            Fault = FlexLmSimulatorFault.MissingPart,
        });

        (FlexLmLicenseResult license, _) = await AskAsync(simulator.Server);

        Assert.False(license.IsComplete);
        Assert.NotEmpty(license.Warnings);
        AssertNoWrongLine(license);
    }

    [Fact]
    public async Task A_text_cut_anywhere_gives_no_wrong_line()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(License);
        int cut = 0;
        using var server = new ScriptedServer(request => Answer(request, [Frame(LengthBytes(bytes.Length), bytes[..cut], isMore: false)]));

        // The first lines, and a place within the signature of each kind.
        foreach (int place in Enumerable.Range(1, 130).Concat([bytes.Length - 1, bytes.Length - 2, bytes.Length - 20]))
        {
            cut = place;
            FlexLmLicenseResult license = await new FlexLmClient(new FlexLmQueryOptions()).GetLicenseAsync(
                Asking.Address(server.Address), TestContext.Current.CancellationToken);

            Assert.False(license.IsComplete);
            AssertNoWrongLine(license);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_text_with_a_lost_frame_gives_no_wrong_line(int lost)
    {
        byte[][] parts = [.. Encoding.ASCII.GetBytes(License).Chunk(201)];
        IEnumerable<byte[]> frames = parts
            .Select((part, index) => Frame(index == 0 ? LengthBytes(License.Length) : [], part, isMore: index + 1 < parts.Length))
            .Where((_, index) => index != lost);
        using ScriptedServer server = Manager(frames);

        (FlexLmLicenseResult license, Asking asking) = await AskAsync(server.Address);

        Assert.False(license.IsComplete);
        Assert.NotEmpty(license.Warnings);
        Assert.InRange(license.Lines.Count, 10, 20);
        AssertNoWrongLine(license);
        Assert.All(asking.Features, feature => Assert.Equal(feature.Name, $"f{feature.Issued}"));
    }

    [Fact]
    public async Task A_license_text_that_fails_within_a_line_gives_no_wrong_line()
    {
        // The first frame fits its length, and says nothing of the second, which is broken.
        byte[] bytes = Encoding.ASCII.GetBytes(License);
        byte[] broken = Frame(LengthBytes(100), bytes[^100..], isMore: false);
        broken[^1] ^= 1;
        using ScriptedServer server = Manager([Frame(LengthBytes(bytes.Length - 100), bytes[..^100], isMore: false), broken]);

        (FlexLmLicenseResult license, Asking asking) = await AskAsync(server.Address);

        Assert.False(license.IsComplete);
        AssertNoWrongLine(license);
        Assert.All(asking.Features, feature => Assert.Equal(feature.Name, $"f{feature.Issued}"));
    }

    [Fact]
    public async Task A_list_of_features_that_is_cut_gives_no_wrong_name()
    {
        using var vendor = new ScriptedServer(request => request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, "127.0.0.1", "v").Encode(1)]
            : request.Is(FrameType.LicenseSetsRequest) ? [ErrorReply.Encode(-60)]
            : request.Is(FrameType.FeaturesRequest) ? [Frame(LengthBytes(200), "extra1 ext"u8.ToArray(), isMore: true)]
            : [new StatusReply(0, 10, Time).Encode(Time)]);
        using var server = new ScriptedServer(request => Answer(request, [Frame(LengthBytes(License.Length), Encoding.ASCII.GetBytes(License), isMore: false)], vendor.Port));

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Contains(asking.Features, feature => feature.Name == "extra1");
        Assert.DoesNotContain(asking.Features, feature => feature.Name == "ext");
        Assert.Contains(asking.Result.Warnings, warning => warning.Contains("list of features", StringComparison.Ordinal));
    }

    private static void AssertNoWrongLine(FlexLmLicenseResult license) => Assert.All(
        license.Lines.Where(line => line.Kind == FlexLmLineKind.Increment),
        line => Assert.Equal(($"f{line.Quantity}", Signature + line.Quantity), (line.Feature, line.Signature)));
}
