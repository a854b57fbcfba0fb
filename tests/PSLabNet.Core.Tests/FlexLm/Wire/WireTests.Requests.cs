using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

public sealed partial class WireTests
{
    private static readonly ClientIdentity Alice = new()
    {
        User = "alice",
        Host = "ws1.example.org",
        Display = "/dev/pts/1",
        ProcessId = "4242",
    };

    private static readonly (string Name, byte[] Bytes)[] Published =
    [
        ("hello to the manager", new HelloRequest(Alice, string.Empty).Encode()),
        ("hello with vendor MLM", new HelloRequest(Alice, "MLM").Encode()),
        ("command (empty: license file)", new ManagerCommand(Alice, "lmgrd", ManagerCommand.LicenseFile).Encode(Time)),
        ("command getpaths", new ManagerCommand(Alice, "lmgrd", ManagerCommand.Paths).Encode(Time)),
        ("command dlist", new ManagerCommand(Alice, "lmgrd", ManagerCommand.Daemons).Encode(Time)),
        ("list features (0x013B)", VendorRequests.Features(Time)),
        ("license sets (0x0127)", VendorRequests.LicenseSets(Time)),
        ("status of MATLAB, signature 0123456789ABCDEF0123 (0x013C)", new StatusRequest("MATLAB", Signature).Encode(Time)),
        ("old generation: status of MATLAB, same signature", new StatusRequest("MATLAB", Signature).EncodeOld()),
        ("old generation: list features", VendorRequests.LegacyFeatures()),
    ];

    public static TheoryData<string, byte[]> Requests
    {
        get
        {
            var rows = new TheoryData<string, byte[]>();
            foreach ((string name, byte[] bytes) in Published)
            {
                rows.Add(name, bytes);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Requests_are_the_published_ones_byte_for_byte(string name, byte[] request) =>
        Assert.Equal(Convert.ToHexString(Vectors.FlexLmRequest(name)), Convert.ToHexString(request));

    /// <summary>Requests that harm a server: reread, shut down, quorum, and two that crash daemons.</summary>
    public static TheoryData<int> NeverSent => [0x0107, 0x010A, 0x011A, 0x0142, 0x0144];

    [Theory]
    [MemberData(nameof(NeverSent))]
    public void A_request_that_harms_a_server_is_never_sent(int type)
    {
        Assert.False(Enum.IsDefined((FrameType)type));
        Assert.DoesNotContain(Published, request => FlexLmMessage.Decode(request.Bytes).Is((FrameType)type));
        Assert.Contains($"| 0x{type:X4} |", File.ReadAllText(ProtocolPage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_query_sends_no_request_but_the_published_ones()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions());
        Asking asking = await Asking.FeaturesOf(simulator);
        await new FlexLmClient(asking.Options(20)).GetStatusAsync(Asking.Address(simulator.Server), cancellationToken: TestContext.Current.CancellationToken);
        object[] published = [.. Published.Select(request => KindOf(request.Bytes)).Distinct()];

        Assert.NotEmpty(asking.Sent);
        Assert.All(asking.Sent, bytes => Assert.Contains(KindOf(bytes), published));
    }

    private static string ProtocolPage
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PSLabNet.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder!.FullName, "docs", "protocol", "flexlm.md");
        }
    }

    private static object KindOf(byte[] bytes) => FlexLmMessage.Decode(bytes) is { Frame: { } frame } ? frame.Type : FlexLmMessage.Decode(bytes).Old!.Kind;

    [Fact]
    public void There_is_a_test_for_every_published_request() =>
        Assert.Equal(
            Vectors.FlexLm.GetProperty("requests").EnumerateObject().Select(request => request.Name).Order(StringComparer.Ordinal),
            Published.Select(request => request.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_fixed_check_byte_of_the_old_feature_list_request_is_the_sum() =>
        Assert.Equal(0xDA, VendorRequests.LegacyFeatures()[1]);

    [Fact]
    public void A_request_does_not_decode_as_another_request()
    {
        FlexLmFrame status = FlexLmFrame.Decode(new StatusRequest("F", "S").Encode(Time));
        FlexLmFrame command = FlexLmFrame.Decode(new ManagerCommand(Alice, "lmgrd", "dlist").Encode(Time));
        LegacyMessage hello = LegacyMessage.Decode(new HelloRequest(Alice, "v").Encode());
        LegacyMessage old = LegacyMessage.Decode(new StatusRequest("F", "S").EncodeOld());

        Assert.Throws<FlexLmProtocolException>(() => ManagerCommand.Decode(status));
        Assert.Throws<FlexLmProtocolException>(() => StatusRequest.Decode(command));
        Assert.Throws<FlexLmProtocolException>(() => StatusRequest.DecodeOld(hello));
        Assert.Throws<FlexLmProtocolException>(() => HelloRequest.Decode(old));
        Assert.Equal("F", StatusRequest.DecodeOld(old).Feature);
        Assert.Equal(Signature, StatusRequest.Decode(FlexLmFrame.Decode(new StatusRequest("F", Signature + "more").Encode(Time))).Signature);
    }
}
