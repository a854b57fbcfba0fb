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

/// <summary>Messages that are longer than 64 KiB, or arrive in several frames.</summary>
public sealed partial class SeveralFramesTests
{
    private const uint Time = 1700000000;
    private const int Flagged = 1;
    private const string Signature = "0123456789ABCDEF0123456789ABCDEF";

    private static readonly string License =
        "SERVER lic1 ANY\nVENDOR v\n" + string.Concat(Enumerable.Range(100, 20).Select(place => $"INCREMENT f{place} v 1.0 permanent {place} \\\n\tSIGN={Signature}{place}\n"));

    [Fact]
    public void A_frame_over_64_KiB_has_the_upper_byte_of_its_length_at_17()
    {
        byte[] bytes = new FlexLmFrame(FrameType.Text, Time, new byte[0x2_0000]).Encode();

        Assert.Equal((2, 0, 20), (bytes[17], bytes[4], bytes[5]));
        Assert.Equal(bytes.Length, FlexLmMessage.MeasureLength(bytes, 0, bytes.Length));
        Assert.Equal(0x2_0000, FlexLmFrame.Decode(bytes).Data.Length);
    }

    [Fact]
    public void A_frame_with_a_wrong_length_is_recognized_by_its_header_alone()
    {
        byte[] bytes = new FlexLmFrame(FrameType.Text, Time, new byte[100]).Encode();
        bytes[17] = 0xFF;

        var exception = Assert.Throws<FlexLmProtocolException>(() => FlexLmMessage.MeasureLength(bytes, 0, 20));

        Assert.Equal(FlexLmProtocolFault.CheckByte, exception.Fault);
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(5_000_000)]
    public async Task A_license_file_over_64_KiB_in_one_frame_is_read_completely(int size)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { LicenseText = Long(size) });

        (FlexLmLicenseResult license, Asking asking) = await AskAsync(simulator.Server);

        Assert.True(license.IsComplete);
        Assert.Empty(license.Warnings);
        Assert.Equal(simulator.LicenseText, license.Text);
        Assert.Equal(22, license.Lines.Count);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
        Assert.Equal(20, asking.Features.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(333)]
    [InlineData(100_000)]
    public async Task Answers_in_fragments_of_any_size_are_joined(int fragmentSize)
    {
        var options = new FlexLmSimulatorOptions
        {
            LicenseText = License,
            FragmentSize = fragmentSize,
            LicenseSets = new Dictionary<string, string> { ["v"] = $"INCREMENT beside v 1.0 permanent 3 SIGN={Signature}\n" },
        };
        using FlexLmSimulator simulator = Asking.WithOwnUsers(options, checkouts: 2);

        (FlexLmLicenseResult license, Asking asking) = await AskAsync(simulator.Server);
        FlexLmServerStatus status = await Asking.StatusOf(simulator);

        Assert.True(license.IsComplete);
        Assert.Equal(simulator.LicenseText, license.Text);
        Assert.Equal((FlexLmState.Up, "127.0.0.1"), (status.Status, status.HostName));
        Assert.Equal(21, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.Equal((true, 2), (feature.IsComplete, feature.Checkouts.Count)));
        asking.AssertEveryUserIsWhereHeBelongs();
        Assert.Empty(asking.Result.Warnings);
    }

    [Fact]
    public async Task A_long_license_file_in_fragments_is_joined_byte_by_byte()
    {
        // Letters of two bytes, which fragments of an odd size cut.
        string text = License + string.Concat(Enumerable.Repeat("# Müller, Größe und Übermaß\n", 10_000));
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { LicenseText = text, FragmentSize = 4001 });

        (FlexLmLicenseResult license, _) = await AskAsync(simulator.Server);

        Assert.Equal(text, license.Text);
        Assert.True(license.IsComplete);
    }

    public static TheoryData<string> Readings => new("flag, length in the first frame", "flag, length in each frame", "flag, length of the whole in each frame",
        "no flag, length in the first frame", "no flag, length in each frame", "no flag, length of the whole in each frame", "flag, 16 bits of length");

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task Every_reading_of_the_length_gives_the_whole_text(string reading)
    {
        bool isFlagged = !reading.StartsWith("no", StringComparison.Ordinal);
        string text = reading.Contains("16", StringComparison.Ordinal) ? Long(70_000) : License;
        byte[][] parts = [.. Encoding.ASCII.GetBytes(text).Chunk(500)];
        byte[] whole = LengthBytes(text.Length);
        IEnumerable<byte[]> frames = parts.Select((part, index) => Frame(
            reading.Contains("16", StringComparison.Ordinal) ? index == 0 ? [0, 0, whole[2], whole[3]] : []
            : reading.EndsWith("first frame", StringComparison.Ordinal) ? index == 0 ? whole : []
            : reading.Contains("whole", StringComparison.Ordinal) ? whole : LengthBytes(part.Length),
            part,
            isFlagged && index + 1 < parts.Length));
        using ScriptedServer server = Manager(frames);

        (FlexLmLicenseResult license, _) = await AskAsync(server.Address);

        Assert.Equal(text, license.Text);
        Assert.Equal(22, license.Lines.Count);
        Assert.Empty(license.Warnings);
        Assert.True(license.IsComplete);
    }

    [Fact]
    public async Task A_frame_whose_byte_17_is_no_length_is_read_without_it()
    {
        byte[] bytes = Frame(LengthBytes(License.Length), Encoding.ASCII.GetBytes(License), isMore: false);
        bytes[17] = 5;
        FlexLmFrame.Seal(bytes);
        using ScriptedServer server = Manager([bytes]);

        (FlexLmLicenseResult license, _) = await AskAsync(server.Address);

        Assert.Equal(License, license.Text);
        Assert.True(license.IsComplete);
    }

    [Fact]
    public async Task Frames_that_are_whole_are_not_joined_because_of_their_flag()
    {
        // Every frame has the flag: it means something else on this server.
        using var vendor = new ScriptedServer(request => (request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, "127.0.0.1", "v").Encode(1)]
            : request.Is(FrameType.LicenseSetsRequest) ? [ErrorReply.Encode(-60)]
            : request.Is(FrameType.FeaturesRequest) ? [TextReply.Encode(Time, "f100 f101"u8.ToArray(), 9)]
            : new[]
            {
                new StatusReply(2, 10, Time).Encode(Time), Usage("alice"), Usage("bob"),
            }).Select(WithFlag));
        using var server = new ScriptedServer(request => Answer(request, [Frame(LengthBytes(License.Length), Encoding.ASCII.GetBytes(License), isMore: false)], vendor.Port).Select(WithFlag));

        (FlexLmLicenseResult license, Asking asking) = await AskAsync(server.Address);

        Assert.True(license.IsComplete);
        Assert.Equal(20, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.Equal(["alice", "bob"], feature.Checkouts.Select(checkout => checkout.User)));
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
    }

#if NET // .NET Framework does not count what a thread allocates.
    [Fact]
    public void A_length_of_16_MiB_that_never_comes_takes_no_memory()
    {
        byte[] begun = new FlexLmFrame(FrameType.Text, Time, new byte[WireConstants.MaxFrameLength - 20]).Encode()[..1000];
        var received = new ReceivedBytes();
        long before = GC.GetAllocatedBytesForCurrentThread();

        received.Add(begun, begun.Length);
        byte[]? taken = received.Take();

        Assert.Null(taken);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }
#endif

    [Fact]
    public void A_first_frame_shorter_than_the_length_of_the_text_is_joined_with_a_longer_one()
    {
        var parts = new MessageParts(new FlexLmFrame(FrameType.Text, Time, [0], FrameFlags.More), most: 1000);

        Assert.True(parts.TryAdd(new FlexLmFrame(FrameType.Text, Time, [0, 0, 5, .. "hello"u8])));

        Assert.Equal("hello", TextReply.Decode(parts.ToMessage().Frame!).Text);
    }

    private static string Long(int size)
    {
        const string Comment = "# This comment makes the license file longer than a frame of 16 bits.\n";
        return string.Concat(Enumerable.Repeat(Comment, size / Comment.Length)) + License;
    }

    private static byte[] LengthBytes(int length) => [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];

    private static byte[] Frame(byte[] header, byte[] part, bool isMore) =>
        new FlexLmFrame(FrameType.Text, Time, [.. header, .. part], isMore ? FrameFlags.More : FrameFlags.None).Encode();

    private static byte[] Usage(string user) => new UsageReply(UsageKind.Checkout, user, "ws", "tty", "1.0") { Since = Time, Number = 1 }.Encode(Time);

    private static byte[] WithFlag(byte[] message)
    {
        if (message[0] == WireConstants.FrameMark)
        {
            message[WireConstants.FlagsOffset + 1] |= Flagged;
            FlexLmFrame.Seal(message);
        }

        return message;
    }

    private static IEnumerable<byte[]> Answer(FlexLmMessage request, IEnumerable<byte[]> license, int vendorPort = 0)
    {
        if (request.Is(LegacyKind.Hello))
        {
            return [HelloRequest.Decode(request.Old!).Vendor.Length == 0 ? new HelloReply(11, 19, "127.0.0.1", "lmgrd").Encode(1)
                : vendorPort == 0 ? ErrorReply.Encode(-97) : new VendorAddress("127.0.0.1", (uint)vendorPort).Encode(Time)];
        }

        return ManagerCommand.Decode(request.Frame!).Command switch
        {
            ManagerCommand.LicenseFile => license,
            ManagerCommand.Daemons => [TextReply.Encode(Time, "v"u8.ToArray(), 1)],
            _ => [TextReply.Encode(Time, "/lic"u8.ToArray(), 4)],
        };
    }

    private static ScriptedServer Manager(IEnumerable<byte[]> license)
    {
        byte[][] all = [.. license];
        return new ScriptedServer(request => Answer(request, all));
    }

    private static async Task<(FlexLmLicenseResult License, Asking Asking)> AskAsync(string server)
    {
        FlexLmLicenseResult license = await new FlexLmClient(new Asking().Options(30)).GetLicenseAsync(
            Asking.Address(server), TestContext.Current.CancellationToken);
        return (license, await Asking.FeaturesOf(server, 30));
    }
}
