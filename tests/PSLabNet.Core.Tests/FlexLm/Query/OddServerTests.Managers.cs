using System;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <content>How lmgrd is reached, and where it says that the vendor daemons are.</content>
public sealed partial class OddServerTests
{
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
    public async Task A_manager_that_sends_neither_list_nor_file_is_degraded_with_its_error()
    {
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello) ? [Hello("lmgrd")] : [ErrorReply.Encode(-61)]);

        FlexLmServerStatus status = await Asking.StatusOf(server.Address);
        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal((FlexLmState.Degraded, -61), (status.Status, status.Error!.Code));
        Assert.Equal(-61, Assert.Single(asking.Result.Errors).Code);
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
}
