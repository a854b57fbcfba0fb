using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>Requests that are sent to lmgrd together, and managers that can't take them. No answer is taken for that of another request.</summary>
public sealed class FarManagerTests
{
    private const uint Time = 1700000000;
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public async Task List_and_file_are_asked_for_together_and_then_all_places()
    {
        using Servers servers = new(together => together);

        Asking asking = await Asking.FarFeaturesOf(servers.Manager.Address);

        AssertRight(asking);
        Assert.Equal((3, 1), (servers.Manager.MostTogether, servers.ManagerConnections));
    }

    [Fact]
    public async Task A_near_manager_is_asked_one_at_a_time()
    {
        using Servers servers = new(together => together);
        var asking = new Asking { Distant = TimeSpan.FromMinutes(1) };

        await asking.AskAsync(servers.Manager.Address, 20);

        AssertRight(asking);
        Assert.Equal(1, servers.Manager.MostTogether);
    }

    [Theory]
    [InlineData("reversed")]
    [InlineData("first only")]
    [InlineData("last only")]
    public async Task A_manager_that_cannot_take_requests_ahead_is_asked_one_at_a_time_from_then_on(string kind)
    {
        using Servers servers = new(together => kind switch
        {
            "reversed" => together.Reverse(),
            "first only" => together.Take(1),
            _ => together.Skip(together.Count - 1),
        });
        var known = new KnownDaemons();

        Asking asking = await Asking.FarFeaturesOf(servers.Manager.Address, known);
        int connections = servers.ManagerConnections;
        Asking again = await Asking.FarFeaturesOf(servers.Manager.Address, known);

        AssertRight(asking);
        AssertRight(again);
        Assert.Contains(asking.VerboseLines, line => line.Contains("one at a time", StringComparison.Ordinal));
        Assert.DoesNotContain(again.VerboseLines, line => line.Contains("one at a time", StringComparison.Ordinal));
        Assert.Equal((2, 1), (connections, servers.ManagerConnections - connections));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_manager_that_closes_after_some_answers_is_queried_further(int answers)
    {
        using Servers servers = new(together => together, answersPerConnection: answers);

        AssertRight(await Asking.FarFeaturesOf(servers.Manager.Address));
    }

    // Only look-ups are mixed up. What an answer says does not show it; the daemons do.
    [Fact]
    public async Task Places_in_another_order_are_noticed_by_the_names_of_the_daemons()
    {
        using Servers servers = new(together => together[0].Is(LegacyKind.Hello) ? together.Reverse() : together);

        Asking asking = await Asking.FarFeaturesOf(servers.Manager.Address);

        AssertRight(asking);
        Assert.Equal(Names, asking.Result.Server.Vendors.Select(vendor => vendor.Name));
        Assert.All(asking.Result.Server.Vendors, vendor => Assert.Equal((FlexLmState.Up, servers.PortOf(vendor.Name)), (vendor.Status, vendor.Port)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("c")]
    public async Task A_daemon_that_is_down_is_the_right_one_although_places_come_in_another_order(string down)
    {
        using Servers servers = new(together => together[0].Is(LegacyKind.Hello) ? together.Reverse() : together, down: [down]);

        Asking asking = await Asking.FarFeaturesOf(servers.Manager.Address);

        FlexLmVendorStatus one = Assert.Single(asking.Result.Server.Vendors, vendor => vendor.Error is not null);
        Assert.Equal((down, FlexLmErrorCode.VendorDown), (one.Name, one.Error!.Code));
        Assert.Equal(3, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.Equal(feature.Vendor != down, feature.IsComplete));
    }

    [Fact]
    public async Task Daemons_that_are_down_are_not_asked_for_twice_where_the_others_name_themselves()
    {
        using Servers servers = new(together => together, down: ["a", "b"]);

        Asking asking = await Asking.FarFeaturesOf(servers.Manager.Address);

        Assert.Equal(["a", "b"], asking.Result.Server.Vendors.Where(vendor => vendor.Error is not null).Select(vendor => vendor.Name));
        Assert.Equal((1, 3), (servers.ManagerConnections, servers.LookUps));
    }

    // lmadmin's hello names no daemon, and nor does that of a very old one.
    [Fact]
    public async Task A_daemon_without_a_name_is_asked_for_once_more_alone()
    {
        using Servers servers = new(together => together, hello: _ => new HelloReply(11, 19, string.Empty, string.Empty));

        AssertRight(await Asking.FarFeaturesOf(servers.Manager.Address));
        Assert.Equal(6, servers.LookUps);
    }

    [Fact]
    public async Task A_license_file_of_several_messages_is_read_to_its_end_before_the_places()
    {
        byte[][] parts = [.. License().Chunk(20).Select(part => TextReply.Encode(Time, Encoding.ASCII.GetBytes(new string(part)), (uint)part.Length))];
        using Servers servers = new(together => together, license: parts);

        AssertRight(await Asking.FarFeaturesOf(servers.Manager.Address));
        Assert.Equal(1, servers.ManagerConnections);
    }

    private static void AssertRight(Asking asking)
    {
        Assert.Empty(asking.Result.Errors);
        Assert.Equal(Names.Select(name => $"f{name}"), asking.Features.Select(feature => feature.Name).Order(StringComparer.Ordinal));
        Assert.All(asking.Features, feature => Assert.Equal((true, "f" + feature.Vendor), (feature.IsComplete, feature.Name)));
        asking.AssertEveryUserIsWhereHeBelongs();
    }

    private static string License() =>
        string.Concat(Names.Select(name => $"VENDOR {name}\n")) + string.Concat(Names.Select(name => $"INCREMENT f{name} {name} 1.0 permanent 10 SIGN=A1\n"));

    private static byte[] Text(string text) => TextReply.Encode(Time, Encoding.ASCII.GetBytes(text), (uint)text.Length);

    /// <summary>lmgrd and three vendor daemons, each with one feature.</summary>
    private sealed class Servers : IDisposable
    {
        private readonly Dictionary<string, ScriptedServer> vendors;
        private int managerConnections;
        private int lookUps;

        public Servers(
            Func<IReadOnlyList<FlexLmMessage>, IEnumerable<FlexLmMessage>> arrange,
            IReadOnlyList<string>? down = null,
            int answersPerConnection = int.MaxValue,
            Func<string, HelloReply>? hello = null,
            byte[][]? license = null)
        {
            hello ??= name => new HelloReply(11, 19, string.Empty, name);
            vendors = Names.ToDictionary(name => name, name => new ScriptedServer(request =>
                request.Is(LegacyKind.Hello) ? [hello(name).Encode(1)]
                : request.Is(FrameType.LicenseSetsRequest) ? [LicenseSetsReply.Encode(Time, [])]
                : request.Is(FrameType.FeaturesRequest) ? [Text("f" + name)]
                : [new StatusReply(1, 10, Time).Encode(Time), new UsageReply(UsageKind.Checkout, $"user-of-f{name}", "ws", "tty", "1.0") { Since = Time, Number = 1 }.Encode(Time)]));
            Manager = new ScriptedServer(request =>
            {
                if (!request.Is(LegacyKind.Hello))
                {
                    return ManagerCommand.Decode(request.Frame!).Command == ManagerCommand.Daemons ? [Text(string.Join(" ", Names))] : license ?? [Text(License())];
                }

                string vendor = HelloRequest.Decode(request.Old!).Vendor;
                if (vendor.Length == 0)
                {
                    return [new HelloReply(11, 19, string.Empty, "lmgrd").Encode(1)];
                }

                System.Threading.Interlocked.Increment(ref lookUps);
                return [down?.Contains(vendor) == true ? ErrorReply.Encode(FlexLmErrorCode.VendorDown) : new VendorAddress("127.0.0.1", (uint)vendors[vendor].Port).Encode(Time)];
            })
            {
                Arrange = arrange,
                AnswersPerConnection = answersPerConnection,
                OnOpen = () => System.Threading.Interlocked.Increment(ref managerConnections),
            };
        }

        public ScriptedServer Manager { get; }

        public int ManagerConnections => managerConnections;

        public int LookUps => lookUps;

        public int PortOf(string vendor) => vendors[vendor].Port;

        public void Dispose()
        {
            Manager.Dispose();
            foreach (ScriptedServer vendor in vendors.Values)
            {
                vendor.Dispose();
            }
        }
    }
}
