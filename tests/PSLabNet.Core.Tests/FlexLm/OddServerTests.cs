using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

/// <summary>Servers that differ from the simulator in places where the protocol is not fully known.</summary>
public sealed class OddServerTests
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

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_manager_that_closes_after_some_answers_is_queried_further_over_new_connections(int answers)
    {
        using ScriptedServer vendor = Vendor(request => [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor, _ => [Text(License)], answers);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal(["f", "g"], asking.Features.Select(feature => feature.Name).Order(StringComparer.Ordinal));
        Assert.Empty(asking.Result.Errors);
    }

    [Fact]
    public async Task A_manager_that_closes_after_every_hello_is_an_error_and_no_endless_loop()
    {
        using ScriptedServer server = Manager(vendor: null, _ => [Text(License)], answersPerConnection: 1);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal(-16, asking.Result.Server.Error!.Code);
    }

    [Fact]
    public async Task Text_without_end_is_cut_off_at_64_MiB()
    {
        byte[] frame = TextReply.Encode(Time, new byte[60_000].Select(_ => (byte)'#').ToArray(), 60_000);
        using ScriptedServer server = Manager(vendor: null, _ => Enumerable.Repeat(frame, 5000));

        FlexLmLicenseResult result = await new FlexLmClient(new FlexLmQueryOptions { Timeout = TimeSpan.FromSeconds(60) }).GetLicenseAsync(
            Asking.Address(server.Address), TestContext.Current.CancellationToken);

        Assert.Equal(-12, result.Error!.Code);
        Assert.Contains("64 MiB", result.Error.Message, StringComparison.Ordinal);
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

    [Theory]
    [InlineData(0u)]
    [InlineData(70000u)]
    public async Task An_invalid_vendor_port_means_that_the_daemon_is_down(uint port)
    {
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello)
            ? HelloRequest.Decode(request.Old!).Vendor.Length == 0 ? [Hello("lmgrd")] : [new VendorAddress("127.0.0.1", port).Encode(Time)]
            : [Command(request, _ => [Text(License)])]);

        FlexLmServerStatus status = await Asking.StatusOf(server.Address);

        Assert.Equal((FlexLmState.Degraded, -97), (status.Status, Assert.Single(status.Vendors).Error!.Code));
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
    public async Task A_host_without_a_port_is_queried_at_the_default_ports()
    {
        // The protocol sets the ports. Nothing else on this machine uses the address.
        var silent = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.0.77.1"), 27002);
        var right = new System.Net.IPEndPoint(silent.Address, 27006);
        using var other = new ScriptedServer(_ => [], silent);
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello) ? [Hello("lmgrd")] : [ErrorReply.Encode(-61)], right);

        FlexLmServerStatus status = await Asking.StatusOf("@127.0.77.1");

        Assert.Equal((27006, "lmgrd"), (status.Port, status.Daemon));
    }

    [Fact]
    public async Task A_name_is_tried_at_all_its_addresses()
    {
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello) ? [Hello("lmgrd")] : [ErrorReply.Encode(-61)]);

        Assert.Equal("lmgrd", (await Asking.StatusOf($"{server.Port}@localhost")).Daemon);
    }

    [Fact]
    public async Task A_server_at_an_IPv6_address_is_queried()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var server = new ScriptedServer(
            request => request.Is(LegacyKind.Hello) ? [Hello("lmgrd")] : [ErrorReply.Encode(-61)], new System.Net.IPEndPoint(System.Net.IPAddress.IPv6Loopback, 0));

        Assert.Equal("lmgrd", (await Asking.StatusOf($"{server.Port}@[::1]")).Daemon);
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

    [Fact]
    public async Task A_manager_that_sends_neither_list_nor_file_is_degraded_with_its_error()
    {
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello) ? [Hello("lmgrd")] : [ErrorReply.Encode(-61)]);

        FlexLmServerStatus status = await Asking.StatusOf(server.Address);
        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal((FlexLmState.Degraded, -61), (status.Status, status.Error!.Code));
        Assert.Equal(-61, Assert.Single(asking.Result.Errors).Code);
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

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task A_vendor_daemon_named_by_a_listen_address_is_queried_at_lmgrds_address(string host)
    {
        var one = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.0.77.4"), 0);
        using var vendor = new ScriptedServer(request => [Hello("v")], one);
        using var server = new ScriptedServer(
            request => request.Is(LegacyKind.Hello)
                ? HelloRequest.Decode(request.Old!).Vendor.Length == 0 ? [Hello("lmgrd")] : [new VendorAddress(host, (uint)vendor.Port).Encode(Time)]
                : [Command(request, _ => [Text(License)])],
            new System.Net.IPEndPoint(one.Address, 0));

        FlexLmServerStatus status = await Asking.StatusOf($"{server.Port}@127.0.77.4");

        Assert.Equal(FlexLmState.Up, Assert.Single(status.Vendors).Status);
        Assert.Contains(status.Warnings, warning => warning.Contains("the address of no host; 127.0.77.4 is asked instead", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_vendor_daemon_inside_lmgrd_is_up()
    {
        ScriptedServer? self = null;
        using var server = new ScriptedServer(request =>
            request.Is(LegacyKind.Hello)
                ? HelloRequest.Decode(request.Old!).Vendor.Length == 0 ? [Hello("lmgrd")] : [new VendorAddress("127.0.0.1", (uint)self!.Port).Encode(Time)]
                : [Command(request, _ => [Text(License)])]);
        self = server;

        FlexLmServerStatus status = await Asking.StatusOf(server.Address);

        // lmgrd answers a hello that has a vendor's name with an address, even if it is that vendor daemon itself.
        Assert.Equal((FlexLmState.Up, "11.19"), (Assert.Single(status.Vendors).Status, status.Vendors[0].Version));
    }

    [Fact]
    public async Task Messages_about_a_vendor_daemon_with_control_characters_in_its_name_are_printable()
    {
        const string Name = "\u0005demo";
        using ScriptedServer vendor = new(request => request.Is(LegacyKind.Hello) ? [Hello(Name)] : request.Is(FrameType.LicenseSetsRequest) ? [ErrorReply.Encode(377)] : [Text("f")]);
        using ScriptedServer server = new(request => request.Is(LegacyKind.Hello)
            ? [HelloRequest.Decode(request.Old!).Vendor.Length == 0 ? Hello("lmgrd") : new VendorAddress("127.0.0.1", (uint)vendor.Port).Encode(Time)]
            : [Text(ManagerCommand.Decode(request.Frame!).Command == ManagerCommand.Daemons ? Name : string.Empty)]);
        var asking = new Asking();

        FlexLmServerStatus status = await new FlexLmClient(asking.Options(20)).GetStatusAsync(
            Asking.Address(server.Address), FlexLmFeatureFilter.All, TestContext.Current.CancellationToken);

        Assert.Equal((@"\x05demo", FlexLmState.Up), (Assert.Single(status.Vendors).Name, status.Vendors[0].Status));
        Assert.Contains(asking.DebugLines, line => line.Contains(@"hello to \x05demo", StringComparison.Ordinal));

        await new FlexLmClient(asking.Options(20)).GetFeaturesAsync(
            Asking.Address(server.Address), FlexLmFeatureFilter.All, asking.Features.Add, TestContext.Current.CancellationToken);

        Assert.Contains(asking.VerboseLines, line => line.Contains("knows no license sets: error 377", StringComparison.Ordinal));
        Assert.All(asking.VerboseLines.Concat(asking.DebugLines), line => Assert.DoesNotContain('\u0005', line));
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
