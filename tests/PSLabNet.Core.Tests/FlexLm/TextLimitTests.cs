using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

/// <summary>Servers that send more text than is read of one.</summary>
public sealed partial class TextLimitTests
{
    private const int Size = 64 * 1024;

    [Theory]
    [InlineData(TextForm.Frames)]
    [InlineData(TextForm.Messages)]
    [InlineData(TextForm.Legacy)]
    public async Task A_license_text_over_the_limit_is_cut_with_a_warning_and_its_features_are_asked_for(TextForm form)
    {
        using var server = new ScriptedLicense(Padded(2000), form);

        (FlexLmFeatureResult result, List<FlexLmFeature> features) = await FeaturesOf(server);
        FlexLmServerStatus status = await Client().GetStatusAsync(Asking.Address(server.Address), cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(features.Count, 1, 1999);
        Assert.All(features, feature => Assert.True(feature.IsComplete));
        Assert.Contains(result.Warnings, warning => warning.StartsWith("The license file is longer than 65536 bytes", StringComparison.Ordinal) && warning.Contains("-MaxTextSize", StringComparison.Ordinal));
        Assert.Empty(result.Errors);
        Assert.Equal(FlexLmState.Up, Assert.Single(status.Vendors).Status);
        Assert.Contains(status.Warnings, warning => warning.StartsWith("The license file is longer than", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TextForm.Frames)]
    [InlineData(TextForm.Messages)]
    [InlineData(TextForm.Legacy)]
    public async Task The_lines_of_a_text_that_is_cut_are_whole_and_the_result_says_that_it_is_not(TextForm form)
    {
        using var server = new ScriptedLicense(Padded(2000), form);

        FlexLmLicenseResult license = await Client().GetLicenseAsync(Asking.Address(server.Address), TestContext.Current.CancellationToken);

        Assert.InRange(license.Text.Length, Size - 1000, Size);
        Assert.Equal((false, null), (license.IsComplete, license.Error));
        Assert.All(license.Lines.Skip(1), line => Assert.Equal(20, line.Signature.Length));
        Assert.Empty(license.Faults);
        Assert.Single(license.Warnings);
    }

    [Fact]
    public async Task A_higher_limit_takes_a_text_of_several_frames_of_16_MiB()
    {
        // As few lines as possible, since the frames are what is tested.
        string text = string.Concat(Enumerable.Range(0, 40).Select(place => $"INCREMENT f{place} v 1.0 permanent 10 NOTICE=\"{new string('n', 500_000)}\" SIGN={place:X20}\n"));
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello)
            ? [new HelloReply(11, 19, string.Empty, "lmgrd").Encode(1)]
            : LongFrames(text));

        FlexLmLicenseResult usual = await Client(TextLimits.DefaultBytes).GetLicenseAsync(Asking.Address(server.Address), TestContext.Current.CancellationToken);
        FlexLmLicenseResult raised = await Client(64 * 1024 * 1024).GetLicenseAsync(Asking.Address(server.Address), TestContext.Current.CancellationToken);

        Assert.InRange(usual.Lines.Count, 30, 33);
        Assert.Contains("longer than 16 MiB", Assert.Single(usual.Warnings), StringComparison.Ordinal);
        Assert.Equal(40, raised.Lines.Count);
        Assert.Empty(raised.Warnings);
        Assert.True(raised.IsComplete);
    }

    [Fact]
    public async Task More_lines_than_the_limit_are_left_out_with_their_number()
    {
        using var server = new ScriptedLicense(ScriptedLicense.Lines(1000));

        (FlexLmFeatureResult result, List<FlexLmFeature> features) = await FeaturesOf(server);

        // 64 KiB make room for 256 lines, of which one is the VENDOR line.
        Assert.Equal(255, features.Count);
        Assert.Contains(result.Warnings, warning => warning.Contains("more than 256 license lines; 745 more are left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_components_than_the_limit_are_left_out_with_their_number()
    {
        string package = $"VENDOR v\nINCREMENT p v 1.0 permanent 5 SIGN=AA\nPACKAGE p v 1.0 COMPONENTS=\"{string.Join(" ", Enumerable.Range(0, 1000).Select(place => $"c{place}"))}\"\n";
        using var server = new ScriptedLicense(package);

        (FlexLmFeatureResult result, List<FlexLmFeature> features) = await FeaturesOf(server);

        Assert.InRange(features.Count, 256, 257);
        Assert.Contains(result.Warnings, warning => warning.Contains("more pools than are taken; 745 more are left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_with_thousands_of_attributes_counts_as_many_lines()
    {
        string lines = string.Concat(Enumerable.Range(0, 10).Select(place => $"INCREMENT f{place} v 1.0 permanent 10 {string.Join(" ", Enumerable.Repeat("x", 2000))}\n"));
        using var server = new ScriptedLicense("VENDOR v\n" + lines);

        FlexLmLicenseResult license = await Client().GetLicenseAsync(Asking.Address(server.Address), TestContext.Current.CancellationToken);

        Assert.InRange(license.Lines.Count, 2, 6);
        Assert.Single(license.Warnings);
    }

    [Theory]
    [InlineData(1000, "names 256 features; 744 more are left out")]
    [InlineData(20_000, "the list of features is longer than 65536 bytes")]
    public async Task A_list_of_features_over_the_limit_is_cut_with_a_warning(int count, string warning)
    {
        string names = string.Join(" ", Enumerable.Range(0, count).Select(place => $"name{place}"));
        using var server = new ScriptedLicense(
            ScriptedLicense.Lines(3), vendorAnswer: request => request.Is(FrameType.FeaturesRequest) ? ScriptedLicense.Send(names, TextForm.Frames) : null);

        (FlexLmFeatureResult result, List<FlexLmFeature> features) = await FeaturesOf(server);

        Assert.Equal(3 + 256, features.Count);
        Assert.All(features.Where(feature => feature.Name.StartsWith('f')), feature => Assert.True(feature.IsComplete));
        Assert.Contains(result.Warnings, text => text.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task License_sets_over_the_limit_are_cut_with_a_warning_and_the_daemon_is_asked_on_a_new_connection()
    {
        byte[] data = FlexLmFrame.Decode(LicenseSetsReply.Encode(ScriptedLicense.Time, [new LicenseSet("id", "n", Padded(2000))])).Data;
        using var server = new ScriptedLicense(
            ScriptedLicense.Lines(2),
            vendorAnswer: request => request.Is(FrameType.LicenseSetsRequest)
                ? new FlexLmFrame(FrameType.LicenseSets, ScriptedLicense.Time, data).Split(4000).Select(frame => frame.Encode())
                : null);

        (FlexLmFeatureResult result, List<FlexLmFeature> features) = await FeaturesOf(server);

        Assert.InRange(features.Count, 3, 260);
        Assert.All(features, feature => Assert.True(feature.IsComplete));
        Assert.Contains(result.Warnings, text => text.Contains("the text of the license sets is longer than 65536 bytes", StringComparison.Ordinal));
        Assert.Null(Assert.Single(result.Server.Vendors).Error);
    }

    [Fact]
    public void A_line_longer_than_a_mebibyte_is_a_fault()
    {
        var faults = new List<FlexLmLicenseFault>();

        IReadOnlyList<FlexLmLicenseLine> lines = FlexLmLicenseFile.Parse(
            $"INCREMENT a v 1.0 permanent 1 NOTICE={new string('x', LogicalLineReader.MaxLength)}\nINCREMENT b v 1.0 permanent 1 SIGN=1\n", "test", faults.Add);

        Assert.Equal("b", Assert.Single(lines).Feature);
        Assert.Contains("longer than", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_thousands_of_warnings_the_first_are_given_and_one_that_says_that_there_are_more()
    {
        using var session = new ServerSession(new FlexLmQueryOptions().ForSession(), TestContext.Current.CancellationToken);
        for (int place = 0; place < QueryLimits.MostWarnings + 10; place++)
        {
            session.Warn($"warning {place}");
        }

        Assert.Equal(QueryLimits.MostWarnings + 1, session.Warnings.Length);
        Assert.StartsWith("There are more warnings", session.Warnings[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TextLimits.LeastBytes - 1)]
    [InlineData(TextLimits.GreatestBytes + 1)]
    public void A_limit_out_of_range_is_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlexLmClient(new FlexLmQueryOptions { MaxTextSize = size }));

    // Lines of 300 bytes or more, so that the limit of bytes comes before that of lines.
    private static string Padded(int count) =>
        "VENDOR v\n" + string.Concat(Enumerable.Range(0, count).Select(place => $"INCREMENT f{place} v 1.0 permanent 10 NOTICE={new string('n', 250)} SIGN={place:X20}\n"));

    private static IEnumerable<byte[]> LongFrames(string text)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(text);
        byte[] length = new WireWriter().UInt32((uint)bytes.Length).ToArray();
        byte[][] parts = [.. length.Concat(bytes).Chunk(WireConstants.MaxFrameLength - WireConstants.FrameHeaderLength)];
        return parts.Select((part, place) => new FlexLmFrame(FrameType.Text, ScriptedLicense.Time, part, place + 1 < parts.Length ? FrameFlags.More : FrameFlags.None).Encode());
    }

    private static FlexLmClient Client(int size = Size) => new(new FlexLmQueryOptions { Timeout = TimeSpan.FromSeconds(60), MaxTextSize = size });

    private static async Task<(FlexLmFeatureResult Result, List<FlexLmFeature> Features)> FeaturesOf(ScriptedLicense server)
    {
        var features = new List<FlexLmFeature>();
        FlexLmFeatureResult result = await Client().GetFeaturesAsync(
            Asking.Address(server.Address), FlexLmFeatureFilter.All, features.Add, TestContext.Current.CancellationToken);
        return (result, features);
    }
}
