using System;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

public sealed partial class WireTests
{
    private const uint Time = 1700000000;
    private const string Signature = "0123456789ABCDEF0123";

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
}
