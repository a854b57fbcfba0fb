using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>Servers that differ from the simulator in places where the protocol is not fully known.</summary>
public sealed partial class OddServerTests
{
    private const uint Time = 1700000000;
    private const string License = "VENDOR v\nINCREMENT f v 1.0 permanent 10 SIGN=A1\nINCREMENT g v 1.0 permanent 10 SIGN=B1\n";

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(65535)]
    public async Task A_wrong_length_of_the_license_text_is_a_warning_and_the_text_is_used(int said)
    {
        using ScriptedServer server = Manager(vendor: null, _ => [TextReply.Encode(Time, Encoding.ASCII.GetBytes(License), (ushort)said)]);

        FlexLmLicenseResult result = await new FlexLmClient().GetLicenseAsync(
            Asking.Address(server.Address), TestContext.Current.CancellationToken);

        Assert.Equal(3, result.Lines.Count);
        Assert.NotEmpty(result.Warnings);
    }

    [Fact]
    public async Task A_license_text_in_many_small_frames_is_joined()
    {
        using ScriptedServer vendor = Vendor(request => [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor, _ => License.Chunk(9).Select(part => TextReply.Encode(Time, [.. part.Select(c => (byte)c)], (ushort)part.Length)));

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal(["f", "g"], asking.Features.Select(feature => feature.Name).Order(StringComparer.Ordinal));
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
    }

    [Fact]
    public async Task Text_without_end_is_cut_off_at_16_MiB_with_a_warning()
    {
        byte[] frame = TextReply.Encode(Time, new byte[60_000].Select(_ => (byte)'#').ToArray(), 60_000);
        using ScriptedServer server = Manager(vendor: null, _ => Enumerable.Repeat(frame, 5000));

        FlexLmLicenseResult result = await new FlexLmClient(new FlexLmQueryOptions { Timeout = TimeSpan.FromSeconds(60) }).GetLicenseAsync(
            Asking.Address(server.Address), TestContext.Current.CancellationToken);

        Assert.Equal((null, false), (result.Error, result.IsComplete));
        Assert.Contains("longer than 16 MiB", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_license_text_without_a_visible_end_is_not_reported_as_complete(bool closes)
    {
        byte[] text = Text(License);
        int hellos = 0;
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello)
            ? ++hellos == 1 ? [Hello("lmgrd")] : []
            : [text, .. closes ? new[] { text[..^1] } : []])
        {
            AnswersPerConnection = closes ? 2 : int.MaxValue,
        };

        FlexLmLicenseResult result = await new FlexLmClient(new FlexLmQueryOptions { Timeout = TimeSpan.FromSeconds(10) }).GetLicenseAsync(
            Asking.Address(server.Address), TestContext.Current.CancellationToken);

        Assert.Null(result.Error);
        Assert.Equal(3, result.Lines.Count);
        Assert.False(result.IsComplete);
        Assert.Contains(result.Warnings, warning => warning.Contains("may be longer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hello_answered_in_an_old_message_means_the_old_generation()
    {
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello) && HelloRequest.Decode(request.Old!).Vendor.Length == 0
            ? [new LegacyMessage((LegacyKind)'H', []).Encode()]
            : request.Is(FrameType.ManagerCommand) ? LegacyTextReply.Encode([]) : [ErrorReply.Encode(-97)]);

        FlexLmServerStatus status = await Asking.StatusOf(server.Address);

        Assert.Equal((FlexLmState.Up, FlexLmGeneration.Old, string.Empty), (status.Status, status.Generation, status.Version));
    }

    [Fact]
    public async Task Counts_in_the_unknown_bytes_are_used_if_they_add_up()
    {
        using ScriptedServer vendor = Vendor(request => request.Feature == "f"
            ? [new StatusReply(6, 10, Time).Encode(Time), Usage("alice", 4), Usage("bob", 2)]
            : [new StatusReply(6, 10, Time).Encode(Time), Usage("carol", 9), Usage("dave", 9)]);
        using ScriptedServer server = Manager(vendor, _ => [Text(License)]);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal([4, 2], asking.Feature("f").Checkouts.Select(checkout => checkout.Count));
        Assert.False(asking.Feature("f").IsComplete);
        Assert.Equal([1, 1], asking.Feature("g").Checkouts.Select(checkout => checkout.Count));
        Assert.False(asking.Feature("g").IsComplete);
    }

    [Fact]
    public async Task A_malformed_usage_frame_makes_only_its_own_feature_incomplete()
    {
        byte[] broken = new FlexLmFrame(FrameType.Usage, Time, "alice\0ws"u8.ToArray()).Encode();
        using ScriptedServer vendor = Vendor(request => request.Feature == "f"
            ? [new StatusReply(2, 10, Time).Encode(Time), Usage("bob", 0), broken]
            : [new StatusReply(1, 10, Time).Encode(Time), Usage("carol", 0)]);
        using ScriptedServer server = Manager(vendor, _ => [Text(License)]);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal((2, false), (asking.Feature("f").ReportedInUse, asking.Feature("f").IsComplete));
        Assert.Equal((1, true), (asking.Feature("g").ReportedInUse, asking.Feature("g").IsComplete));
        Assert.Equal("carol", Assert.Single(asking.Feature("g").Checkouts).User);
    }

    [Fact]
    public async Task A_manager_that_redirects_is_followed()
    {
        var one = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.0.77.2"), 0);
        using var first = new ScriptedServer(_ => [new HelloReply(11, 19, "127.0.77.3", "lmgrd").Encode(1)], one);
        var two = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.0.77.3"), first.Port);
        using var second = new ScriptedServer(
            request => request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, "127.0.77.3", "master").Encode(1)] : [ErrorReply.Encode(-61)], two);

        FlexLmServerStatus status = await Asking.StatusOf($"{first.Port}@127.0.77.2");

        Assert.Equal(("master", "127.0.77.3", false), (status.Daemon, status.HostName, status.IsMaster));
    }

    [Fact]
    public async Task Usage_of_the_old_generation_in_an_unknown_form_makes_the_feature_incomplete()
    {
        using var vendor = new ScriptedServer(request => request.Old!.Kind switch
        {
            LegacyKind.Hello => [new HelloReply(10, 8, "127.0.0.1", "v").Encode(1)],
            LegacyKind.LicenseStatusRequest => [new StatusReply(1, 10, Time).EncodeOld(), LegacyTextReply.Encode("alice\0ws\0"u8.ToArray()).First()],
            _ => LegacyTextReply.Encode("f g"u8.ToArray()),
        });
        using ScriptedServer server = Manager(vendor, _ => [Text(License)]);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.All(asking.Features, feature => Assert.Equal((1, 10, false), (feature.ReportedInUse, feature.Issued, feature.IsComplete)));
    }

    private static byte[] Hello(string daemon) => new HelloReply(11, 19, "127.0.0.1", daemon).Encode(1);

    private static byte[] Text(string text) => TextReply.Encode(Time, Encoding.ASCII.GetBytes(text), (ushort)text.Length);

    private static byte[] Usage(string user, uint unknown) =>
        new UsageReply(UsageKind.Checkout, user, "ws", "tty", "1.0") { Since = Time, Number = 1, Unknown = unknown }.Encode(Time);

    private static byte[] Command(FlexLmMessage request, Func<ManagerCommand, IEnumerable<byte[]>> license) =>
        ManagerCommand.Decode(request.Frame!).Command switch
        {
            ManagerCommand.Daemons => Text("v"),
            ManagerCommand.Paths => Text("/lic"),
            _ => [.. license(ManagerCommand.Decode(request.Frame!)).SelectMany(bytes => bytes)],
        };

    private static ScriptedServer Manager(
        ScriptedServer? vendor, Func<ManagerCommand, IEnumerable<byte[]>> license, int answersPerConnection = int.MaxValue) => new(request =>
    {
        if (!request.Is(LegacyKind.Hello))
        {
            ManagerCommand command = ManagerCommand.Decode(request.Frame!);
            return command.Command == ManagerCommand.LicenseFile ? license(command) : [Command(request, license)];
        }

        return HelloRequest.Decode(request.Old!).Vendor.Length == 0
            ? [Hello("lmgrd")]
            : [vendor is null ? ErrorReply.Encode(-97) : new VendorAddress("127.0.0.1", (uint)vendor.Port).Encode(Time)];
    })
        {
            AnswersPerConnection = answersPerConnection,
        };

    private static ScriptedServer Vendor(Func<StatusRequest, IEnumerable<byte[]>> status, IEnumerable<byte[]>? licenseSets = null) => new(request =>
        request.Is(LegacyKind.Hello) ? [Hello("v")]
        : request.Is(FrameType.LicenseSetsRequest) ? licenseSets ?? [LicenseSetsReply.Encode(Time, [])]
        : request.Is(FrameType.FeaturesRequest) ? [Text("f g")]
        : status(StatusRequest.Decode(request.Frame!)));
}
