using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Tests.Net;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

public sealed partial class RefusalTests
{
    [Fact]
    public async Task Of_more_places_than_64_the_others_are_not_asked()
    {
        const int Daemons = 80;
        var asked = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        var vendors = new List<ScriptedServer>();
        for (int place = 0; place < Daemons; place++)
        {
            int index = place;
            vendors.Add(new ScriptedServer(request => [new HelloReply(11, 19, string.Empty, "v" + index).Encode(1)]) { OnOpen = () => asked.TryAdd(index, 0) });
        }

        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello)
            ? HelloRequest.Decode(request.Old!).Vendor is { Length: > 0 } name
                ? [new VendorAddress("127.0.0.1", (uint)vendors[int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture)].Port).Encode(Time)]
                : [new HelloReply(11, 19, string.Empty, "lmgrd").Encode(1)]
            : [Text(ManagerCommand.Decode(request.Frame!).Command == ManagerCommand.Daemons ? string.Join(" ", Enumerable.Range(0, Daemons).Select(place => "v" + place)) : "#\n")]);

        FlexLmServerStatus status = await Asking.StatusOf(server.Address, 60);
        vendors.ForEach(vendor => vendor.Dispose());

        Assert.Equal(QueryLimits.PlacesPerServer, asked.Count);
        Assert.Equal(QueryLimits.PlacesPerServer, status.Vendors.Count(vendor => vendor.Status == FlexLmState.Up));
        Assert.All(
            status.Vendors.Where(vendor => vendor.Status != FlexLmState.Up),
            vendor => Assert.Contains("more than 64 places", vendor.Error!.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("169.254.7.7")]
    [InlineData("fe80::7")]
    [InlineData("::ffff:169.254.7.7")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    public async Task A_server_may_not_send_us_to_a_link_local_or_group_address(string named)
    {
        using ScriptedServer vendor = Vendor(_ => [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor.Port, named);
        var network = new WatchedNetwork();

        FlexLmServerStatus status = await network.StatusOf(server.Address);

        Assert.Equal(FlexLmState.Up, Assert.Single(status.Vendors).Status);
        Assert.All(network.Opened, endPoint => Assert.True(IPAddress.IsLoopback(endPoint.Address)));
        Assert.Contains(status.Warnings, warning => warning.Contains("a server may not name", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_server_elsewhere_may_not_send_us_to_loopback(string named)
    {
        using ScriptedServer vendor = Vendor(_ => [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor.Port, named, self: named);
        var network = new WatchedNetwork { Elsewhere = IPAddress.Parse("192.0.2.7") };

        FlexLmServerStatus status = await network.StatusOf($"{server.Port}@elsewhere.example");

        Assert.Equal(FlexLmState.Up, Assert.Single(status.Vendors).Status);
        Assert.All(network.Opened, endPoint => Assert.Equal(network.Elsewhere, endPoint.Address));
        Assert.Contains(status.Warnings, warning => warning.Contains("this very host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_name_with_several_addresses_only_the_allowed_ones_are_tried()
    {
        using ScriptedServer vendor = Vendor(_ => [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor.Port, "mixed.example", self: "mixed.example");
        var network = new WatchedNetwork { Elsewhere = IPAddress.Parse("192.0.2.7") };
        network.Names["mixed.example"] = [IPAddress.Loopback, IPAddress.Parse("169.254.1.1"), IPAddress.Parse("192.0.2.8")];

        await network.StatusOf($"{server.Port}@elsewhere.example");

        Assert.NotEmpty(network.Opened);
        Assert.All(network.Opened, endPoint => Assert.StartsWith("192.0.2.", endPoint.Address.ToString(), StringComparison.Ordinal));
    }

    /// <summary>The system's network, which notes where connections go; one that goes elsewhere goes to loopback in truth.</summary>
    [Fact]
    public async Task Of_names_with_many_addresses_64_places_are_tried_in_all()
    {
        const int Daemons = 12;
        const int Addresses = 20;
        using var closed = new RefusingPort();
        int port = closed.EndPoint.Port;
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello)
            ? HelloRequest.Decode(request.Old!).Vendor is { Length: > 0 } name
                ? [new VendorAddress(name + ".example", (uint)port).Encode(Time)]
                : [new HelloReply(11, 19, "moved.example", "lmgrd").Encode(1)]
            : [Text(ManagerCommand.Decode(request.Frame!).Command == ManagerCommand.Daemons ? string.Join(" ", Enumerable.Range(0, Daemons).Select(place => "v" + place)) : "#\n")]);
        var network = new WatchedNetwork { Elsewhere = IPAddress.Parse("192.0.2.7") };
        for (byte name = 0; name < Daemons; name++)
        {
            network.Names[$"v{name}.example"] = [.. Enumerable.Range(1, Addresses).Select(host => new IPAddress([198, 18, name, (byte)host]))];
        }

        FlexLmServerStatus status = await network.StatusOf($"{server.Port}@elsewhere.example");

        Assert.Equal(QueryLimits.PlacesPerServer, network.Opened.Distinct().Count(endPoint => endPoint.Port == port));

        // A warning, or the error of a daemon: whichever comes first, places that were named or the one to fall back to.
        Assert.Contains(
            status.Warnings.Concat(status.Vendors.Select(vendor => vendor.Error!.Message)), text => text.Contains("more than 64 places", StringComparison.Ordinal));
    }

    private sealed class WatchedNetwork : IFlexLmNetwork
    {
        public System.Collections.Concurrent.ConcurrentQueue<IPEndPoint> Opened { get; } = new();

        public Dictionary<string, IPAddress[]> Names { get; } = [];

        public IPAddress Elsewhere { get; init; } = IPAddress.Loopback;

        public Task<FlexLmServerStatus> StatusOf(string server) =>
            new FlexLmClient(new FlexLmQueryOptions { Network = this, Timeout = TimeSpan.FromSeconds(20), Known = new KnownDaemons() }).GetStatusAsync(
                Asking.Address(server), cancellationToken: TestContext.Current.CancellationToken);

        public Task<IPAddress[]> LookUpAsync(string host) =>
            Task.FromResult(Names.TryGetValue(host, out IPAddress[]? addresses) ? addresses : [Elsewhere]);

        public Task<string> LookUpNameAsync(IPAddress address) => Task.FromResult(string.Empty);

        public IFlexLmChannel Open(AddressFamily family) => new Channel(this, TcpNetwork.Instance.Open(AddressFamily.InterNetwork));

        private sealed class Channel(WatchedNetwork network, IFlexLmChannel inner) : IFlexLmChannel
        {
            public Task ConnectAsync(IPEndPoint remote)
            {
                network.Opened.Enqueue(remote);
                return inner.ConnectAsync(new IPEndPoint(IPAddress.Loopback, remote.Port));
            }

            public Task<int> SendAsync(ArraySegment<byte> bytes) => inner.SendAsync(bytes);

            public Task<int> ReceiveAsync(ArraySegment<byte> target) => inner.ReceiveAsync(target);

            public void Dispose() => inner.Dispose();
        }
    }
}
