using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>Servers that send absurdly much of something. The cost must not exceed what they send.</summary>
public sealed class ExcessiveServerTests
{
    private const uint Time = 1700000000;

    [Fact]
    public async Task A_feature_with_a_name_too_long_for_a_request_is_an_error_of_that_feature_only()
    {
        string name = new('f', 70_000);
        using ScriptedServer vendor = Vendor();
        using ScriptedServer server = Manager(vendor.Port, "v", $"VENDOR v\nINCREMENT {name} v 1.0 permanent 10 SIGN=A1\nINCREMENT g v 1.0 permanent 10 SIGN=B1\n");

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal((true, 0), (asking.Feature("g").IsComplete, asking.Feature("g").InUse));
        Assert.Equal((false, 10), (asking.Feature(name).IsComplete, asking.Feature(name).Issued));
        Assert.InRange(asking.Feature(name).Error!.ToString().Length, 1, 300);
        Assert.Null(Assert.Single(asking.Result.Server.Vendors).Error);
    }

    [Fact]
    public async Task A_manager_with_a_name_too_long_for_a_request_is_an_error()
    {
        // Bytes that are not UTF-8 are read as Latin-1, and take twice the bytes to send back.
        byte[] hello = new FlexLmFrame(
            FrameType.Hello, 1, new WireWriter().Bytes(11, 19).Zeros(2).Text(string.Empty).Bytes([.. Enumerable.Repeat((byte)0xE9, 40_000)]).Zeros(1).ToArray()).Encode();
        using var server = new ScriptedServer(request => request.Is(LegacyKind.Hello) ? [hello] : [ErrorReply.Encode(-61)]);

        FlexLmServerStatus status = await Asking.StatusOf(server.Address);
        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal(-12, status.Error!.Code);
        Assert.Equal(-12, Assert.Single(asking.Result.Errors).Code);
    }

    [Fact]
    public async Task The_first_thousand_invalid_lines_are_reported_and_the_others_are_counted()
    {
        const int Lines = 30_000;
        string text = "INCREMENT g v 1.0 permanent 10 SIGN=B1\n" + string.Concat(Enumerable.Repeat("x\n", Lines));
        using ScriptedServer vendor = Vendor(LicenseSetsReply.Encode(Time, [new LicenseSet(new string('i', 1000), "n", string.Concat(Enumerable.Repeat("y\n", 20_000)))]));
        using ScriptedServer server = Manager(vendor.Port, "v", text);

        FlexLmLicenseResult license = await new FlexLmClient(new Asking().Options(20)).GetLicenseAsync(
            Asking.Address(server.Address), TestContext.Current.CancellationToken);
        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal(QueryLimits.MostFaults + 1, license.Faults.Count);
        Assert.StartsWith($"{Lines - QueryLimits.MostFaults} more lines", license.Faults[QueryLimits.MostFaults].Message, StringComparison.Ordinal);
        Assert.Equal(2 * (QueryLimits.MostFaults + 1), asking.Result.Warnings.Count);
        Assert.All(asking.Result.Warnings, warning => Assert.InRange(warning.Length, 1, 200));
        Assert.True(asking.Feature("g").IsComplete);
    }

    [Fact]
    public async Task Of_thousands_of_daemons_only_a_few_are_queried_at_a_time()
    {
        const int Daemons = 2000;
        int asked = 0;
        int open = 0;
        int most = 0;
        using var vendor = new ScriptedServer(request =>
        {
            Interlocked.Increment(ref asked);
            return request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, string.Empty, HelloRequest.Decode(request.Old!).Vendor).Encode(1)] : [ErrorReply.Encode(-60)];
        })
        {
            OnOpen = () => InterlockedMax(ref most, Interlocked.Increment(ref open)),
            OnClose = () => Interlocked.Decrement(ref open),
        };
        using ScriptedServer server = Manager(vendor.Port, string.Join(" ", Enumerable.Range(0, Daemons).Select(place => $"v{place}")), "# empty\n");

        FlexLmServerStatus status = await Asking.StatusOf(server.Address, 60);

        Assert.Equal(Daemons, status.Vendors.Count(daemon => daemon.Status == FlexLmState.Up));
        Assert.Equal(Daemons, asked);

        // The server notices a closed connection a moment later.
        Assert.InRange(most, 1, 4 * QueryLimits.VendorsAtOnce);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static ScriptedServer Vendor() => Vendor(ErrorReply.Encode(-60));

    private static ScriptedServer Vendor(byte[] licenseSets) => new(request =>
        request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, string.Empty, "v").Encode(1)]
        : request.Is(FrameType.LicenseSetsRequest) ? [licenseSets]
        : request.Is(FrameType.LicenseStatusRequest) ? [new StatusReply(0, 10, Time).Encode(Time)]
        : [TextReply.Encode(Time, "g"u8.ToArray(), 1)]);

    private static ScriptedServer Manager(int vendorPort, string daemons, string license) => new(request =>
    {
        if (request.Is(LegacyKind.Hello))
        {
            return [HelloRequest.Decode(request.Old!).Vendor.Length == 0
                ? new HelloReply(11, 19, string.Empty, "lmgrd").Encode(1)
                : new VendorAddress("127.0.0.1", (uint)vendorPort).Encode(Time)];
        }

        string text = ManagerCommand.Decode(request.Frame!).Command switch
        {
            ManagerCommand.Daemons => daemons,
            ManagerCommand.Paths => "/license.dat",
            _ => license,
        };
        return Encoding.ASCII.GetBytes(text).Chunk(TextReply.Capacity).Select(part => TextReply.Encode(Time, part, unchecked((ushort)part.Length)));
    });
}
