using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

public sealed class WireTests
{
    private const uint Time = 1700000000;
    private const string Signature = "0123456789ABCDEF0123";

    private static readonly ClientIdentity Alice = new()
    {
        User = "alice",
        Host = "ws1.example.org",
        Display = "/dev/pts/1",
        ProcessId = "4242",
    };

    public static TheoryData<string, byte[]> Requests => new()
    {
        { "hello to the manager", new HelloRequest(Alice, string.Empty).Encode() },
        { "hello with vendor MLM", new HelloRequest(Alice, "MLM").Encode() },
        { "command (empty: license file)", new ManagerCommand(Alice, "lmgrd", ManagerCommand.LicenseFile).Encode(Time) },
        { "command getpaths", new ManagerCommand(Alice, "lmgrd", ManagerCommand.Paths).Encode(Time) },
        { "command dlist", new ManagerCommand(Alice, "lmgrd", ManagerCommand.Daemons).Encode(Time) },
        { "list features (0x013B)", VendorRequests.Features(Time) },
        { "license sets (0x0127)", VendorRequests.LicenseSets(Time) },
        { "status of MATLAB, signature 0123456789ABCDEF0123 (0x013C)", new StatusRequest("MATLAB", Signature).Encode(Time) },
        { "old generation: status of MATLAB, same signature", new StatusRequest("MATLAB", Signature).EncodeOld() },
        { "old generation: list features", VendorRequests.LegacyFeatures() },
    };

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
        Assert.DoesNotContain(Requests, row => FlexLmMessage.Decode(row.Data.Item2).Is((FrameType)type));
        Assert.Contains($"| 0x{type:X4} |", File.ReadAllText(ProtocolPage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_query_sends_no_request_but_the_published_ones()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions());
        Asking asking = await Asking.FeaturesOf(simulator);
        await new FlexLmClient(asking.Options(20)).GetStatusAsync(Asking.Address(simulator.Server), cancellationToken: TestContext.Current.CancellationToken);
        object[] published = [.. Requests.Select(row => KindOf(row.Data.Item2)).Distinct()];

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
            Requests.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    [Fact]
    public void The_captured_hello_decodes()
    {
        byte[] bytes = Convert.FromHexString(Vectors.FlexLm.GetProperty("hello_captured").GetString()!);

        HelloRequest hello = HelloRequest.Decode(FlexLmMessage.Decode(bytes).Old!);

        Assert.Equal("frey", hello.Identity.User);
        Assert.Equal("login01", hello.Identity.Host);
        Assert.Equal("MLM", hello.Vendor);
        Assert.Equal("/dev/pts/73", hello.Identity.Display);
        Assert.Equal("35174", hello.Identity.ProcessId);
        Assert.Equal("x64_lsb", hello.Identity.Platform);
        Assert.Equal((11, 16), (hello.Identity.VersionMajor, hello.Identity.VersionMinor));
    }

    [Fact]
    public void The_fixed_check_byte_of_the_old_feature_list_request_is_the_sum() =>
        Assert.Equal(0xDA, VendorRequests.LegacyFeatures()[1]);

    [Fact]
    public void Values_longer_than_their_field_are_cut()
    {
        string text = new('x', 200);

        HelloRequest hello = HelloRequest.Decode(FlexLmMessage.Decode(
            new HelloRequest(Alice with { User = text, Host = text }, text).Encode()).Old!);

        Assert.Equal((20, 32, 10), (hello.Identity.User.Length, hello.Identity.Host.Length, hello.Vendor.Length));
    }

    [Fact]
    public void Text_after_a_NUL_in_a_name_is_not_sent_as_another_field() =>
        Assert.Equal("dlist", ManagerCommand.Decode(FlexLmFrame.Decode(
            new ManagerCommand(Alice with { User = "a\0b" }, "lmgrd", ManagerCommand.Daemons).Encode(Time))).Command);

    [Theory]
    [InlineData(11, 9, FlexLmGeneration.Old)]
    [InlineData(11, 10, FlexLmGeneration.New)]
    [InlineData(9, 20, FlexLmGeneration.Old)]
    [InlineData(12, 0, FlexLmGeneration.New)]
    public void Versions_before_11_10_are_of_the_old_generation(byte major, byte minor, FlexLmGeneration generation)
    {
        HelloReply sent = new(major, minor, "lic1", "lmgrd");

        HelloReply hello = HelloReply.Decode(FlexLmFrame.Decode(sent.Encode(0)));

        Assert.Equal(sent, hello);
        Assert.Equal(generation, hello.Generation);
    }

    [Fact]
    public void A_vendor_address_survives_a_round_trip() =>
        Assert.Equal(new VendorAddress("lic1", 54321), VendorAddress.Decode(FlexLmFrame.Decode(new VendorAddress("lic1", 54321).Encode(Time))));

    [Fact]
    public void A_status_survives_a_round_trip_in_both_generations()
    {
        var status = new StatusReply(3, 10, Time);

        Assert.Equal(status, StatusReply.Decode(FlexLmFrame.Decode(status.Encode(Time))));
        Assert.Equal(status, StatusReply.DecodeOld(LegacyMessage.Decode(status.EncodeOld())));
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, -1)]
    public void A_negative_number_of_licenses_is_malformed(int inUse, int total)
    {
        FlexLmFrame frame = FlexLmFrame.Decode(new StatusReply(inUse, total, Time).Encode(Time));

        Assert.Equal(FlexLmProtocolFault.Malformed, Assert.Throws<FlexLmProtocolException>(() => StatusReply.Decode(frame)).Fault);
    }

    [Fact]
    public void A_checkout_survives_a_round_trip()
    {
        var checkout = new UsageReply(UsageKind.Checkout, "Günther", "ws1", "/dev/pts/1", "52") { Since = Time, Number = 401, Unknown = 7 };

        Assert.Equal(checkout, UsageReply.Decode(FlexLmFrame.Decode(checkout.Encode(Time))));
    }

    [Fact]
    public void A_user_whose_name_begins_with_G_is_not_a_reservation()
    {
        var checkout = new UsageReply(UsageKind.Checkout, "Gerda", "ws1", "tty", "1.0") { Since = Time };

        Assert.Equal(UsageKind.Checkout, UsageReply.Decode(FlexLmFrame.Decode(checkout.Encode(Time))).Kind);
    }

    [Fact]
    public void A_reservation_is_a_G_with_the_group_and_zeros() =>
        Assert.Equal(UsageReply.Reservation("lab"), UsageReply.Decode(FlexLmFrame.Decode(UsageReply.Reservation("lab").Encode(Time))));

    [Theory]
    [InlineData(0)]
    [InlineData(133)]
    [InlineData(134)]
    [InlineData(135)]
    [InlineData(1000)]
    public void Old_text_survives_a_round_trip_in_messages_of_134_bytes(int length)
    {
        byte[] text = [.. Enumerable.Range(0, length).Select(at => (byte)('a' + (at % 26)))];
        var read = new System.Collections.Generic.List<byte>();
        int left = -1;

        foreach (byte[] message in LegacyTextReply.Encode(text))
        {
            Assert.Equal(147, message.Length);
            left = LegacyTextReply.Decode(LegacyMessage.Decode(message), read);
        }

        Assert.Equal(0, left);
        Assert.Equal(text, read);
    }

    [Fact]
    public void License_sets_are_found_between_runs_of_binary()
    {
        byte[] data = "\u0001\u0007\0\0FID_1\0SIG\0\u0001F1 F2\0 \0d1\0d2\0FID_1\0http://x\0\u0007INCREMENT F1 v 1.0 permanent 1 SIGN=AA\0\0"u8.ToArray();

        LicenseSet set = Assert.Single(LicenseSetsReply.Decode(new FlexLmFrame(FrameType.LicenseSets, 0, data)));

        Assert.Equal(new LicenseSet("FID_1", "F1 F2", "INCREMENT F1 v 1.0 permanent 1 SIGN=AA"), set);
    }

    [Fact]
    public void License_sets_without_groups_of_eight_fields_still_give_their_licenses()
    {
        byte[] data = "one\0two\0INCREMENT F1 v 1.0 permanent 1 SIGN=AA\0"u8.ToArray();

        Assert.Equal("INCREMENT F1 v 1.0 permanent 1 SIGN=AA", Assert.Single(LicenseSetsReply.Decode(new FlexLmFrame(FrameType.LicenseSets, 0, data))).LicenseText);
    }

    [Theory]
    [InlineData(5, TextLength.Agrees)]
    [InlineData(6, TextLength.Agrees)]
    [InlineData(0, TextLength.Differs)]
    [InlineData(999, TextLength.Differs)]
    public void The_bytes_of_a_text_frame_count_and_not_its_length_field(int said, object expected)
    {
        TextReply reply = TextReply.Decode(FlexLmFrame.Decode(TextReply.Encode(Time, "hello\0"u8.ToArray(), (ushort)said)));

        Assert.Equal("hello", reply.Text);
        Assert.Equal((TextLength)expected, reply.Length);
    }

    [Fact]
    public void An_error_message_carries_its_number() =>
        Assert.Equal(-60, ErrorReply.Decode(LegacyMessage.Decode(ErrorReply.Encode(-60))));

    [Theory]
    [InlineData(nameof(FlexLmProtocolFault.CheckByte), 1)]
    [InlineData(nameof(FlexLmProtocolFault.Crc), 25)]
    [InlineData(nameof(FlexLmProtocolFault.UnknownFirstByte), 0)]
    [InlineData(nameof(FlexLmProtocolFault.Length), 5)]
    public void The_error_for_a_flipped_bit_names_what_it_breaks(string fault, int at)
    {
        byte[] frame = new VendorAddress("lic1", 1234).Encode(Time);
        frame[at] ^= 0x01;

        var exception = Assert.Throws<FlexLmProtocolException>(() => FlexLmMessage.Decode(frame));

        Assert.Equal(fault, exception.Fault.ToString());
        Assert.True(exception.EndsConnection);
    }

    [Fact]
    public void A_frame_too_long_for_its_length_field_is_not_made() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlexLmFrame(FrameType.Text, 0, new byte[1 << 24]));

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
