using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

/// <summary>Properties of all bytes: whatever a hostile peer sends, readers throw only the documented exception.</summary>
public sealed class WireProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static IEnumerable<byte[]> Messages =>
    [
        new HelloReply(11, 19, "lic1", "lmgrd").Encode(1),
        new VendorAddress("lic1", 1234).Encode(1),
        TextReply.Encode(1, "some text\0"u8.ToArray(), 10),
        new StatusReply(3, 10, 1700000000).Encode(1),
        new UsageReply(UsageKind.Checkout, "alice", "ws1", "tty", "1.0") { Since = 1, Number = 2 }.Encode(1),
        UsageReply.Reservation("lab").Encode(1),
        LicenseSetsReply.Encode(1, [new LicenseSet("F", "N", "INCREMENT f v 1.0 permanent 1 SIGN=A")]),
        new HelloRequest(new ClientIdentity(), "v").Encode(),
        new StatusReply(3, 10, 1700000000).EncodeOld(),
        LegacyTextReply.Encode("text"u8.ToArray()).First(),
        ErrorReply.Encode(-60),
        new ManagerCommand(new ClientIdentity(), "lmgrd", "dlist").Encode(1),
        new StatusRequest("F", "S").Encode(1),
        new StatusRequest("F", "S").EncodeOld(),
    ];

    [Fact]
    public void Random_bytes_throw_only_the_documented_exception() =>
        Check.One(Runs, Prop.ForAll((byte[] bytes) => EndsWell(bytes)));

    [Fact]
    public void Random_data_in_a_valid_frame_throws_only_the_documented_exception() =>
        Check.One(Runs, Prop.ForAll((byte[] data) => Enum.GetValues<FrameType>().All(type => EndsWell(new FlexLmFrame(type, 0, data).Encode()))));

    [Fact]
    public void Random_bodies_in_a_valid_old_message_throw_only_the_documented_exception() =>
        Check.One(Runs, Prop.ForAll((byte[] body) =>
            Enum.GetValues<LegacyKind>().All(kind => EndsWell(new LegacyMessage(kind, [.. body.Take(145)]).Encode()))));

    [Fact]
    public void Every_truncation_throws_the_documented_exception()
    {
        foreach (byte[] message in Messages)
        {
            for (int length = 0; length < message.Length; length++)
            {
                Assert.Throws<FlexLmProtocolException>(() => FlexLmMessage.Decode(message[..length]));
            }
        }
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        foreach (byte[] message in Messages)
        {
            for (int bit = 0; bit < message.Length * 8; bit++)
            {
                var flipped = (byte[])message.Clone();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Throws<FlexLmProtocolException>(() => FlexLmMessage.Decode(flipped));
            }
        }
    }

    [Fact]
    public void Frames_decode_to_what_was_encoded() =>
        Check.One(Runs, Prop.ForAll((byte[] data, uint time) =>
        {
            FlexLmFrame frame = FlexLmFrame.Decode(new FlexLmFrame(FrameType.Text, time, data).Encode());
            return frame.Time == time && frame.Type == FrameType.Text && frame.Data.SequenceEqual(data);
        }));

    [Fact]
    public void Usage_decodes_to_what_was_encoded() =>
        Check.One(Runs, Prop.ForAll((NonNull<string> user, uint since, ulong number) =>
        {
            string name = new([.. user.Get.Where(c => c >= ' ' && c < 0x7F)]);
            var usage = new UsageReply(UsageKind.Checkout, "u" + name, "h", "d", "v") { Since = since, Number = number };
            return UsageReply.Decode(FlexLmFrame.Decode(usage.Encode(0))) == usage;
        }));

    [Fact]
    public void Text_of_any_bytes_decodes() =>
        Check.One(Runs, Prop.ForAll((byte[] bytes) => Utf8OrLatin1.Decode(bytes, 0, bytes.Length).Length <= bytes.Length));

    [Fact]
    public void Text_that_is_not_UTF8_is_read_as_Latin1()
    {
        byte[] latin = [0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72];

        Assert.Equal("Müller", Utf8OrLatin1.Decode(latin, 0, latin.Length));
        Assert.Equal("Müller", Utf8OrLatin1.Decode("Müller"u8.ToArray(), 0, 7));
    }

    private static bool EndsWell(byte[] bytes)
    {
        try
        {
            DecodeAll(bytes);
        }
        catch (FlexLmProtocolException)
        {
            // This is the documented exception.
        }

        return true;
    }

    private static void DecodeAll(byte[] bytes)
    {
        _ = FlexLmMessage.MeasureLength(bytes, 0, bytes.Length);
        FlexLmMessage message = FlexLmMessage.Decode(bytes);
        _ = message.Name;
        switch (message.Frame?.Type)
        {
            case FrameType.Hello:
                _ = HelloReply.Decode(message.Frame).Version;
                break;
            case FrameType.VendorAddress:
                VendorAddress.Decode(message.Frame);
                break;
            case FrameType.Text:
                TextReply.Decode(message.Frame);
                break;
            case FrameType.LicenseStatus:
                StatusReply.Decode(message.Frame);
                break;
            case FrameType.Usage:
                UsageReply.Decode(message.Frame);
                break;
            case FrameType.LicenseSets:
                LicenseSetsReply.Decode(message.Frame);
                break;
            case FrameType.ManagerCommand:
                ManagerCommand.Decode(message.Frame);
                break;
            case FrameType.LicenseStatusRequest:
                StatusRequest.Decode(message.Frame);
                break;
            default:
                break;
        }

        switch (message.Old?.Kind)
        {
            case LegacyKind.Hello:
                HelloRequest.Decode(message.Old);
                break;
            case LegacyKind.Numbers:
                StatusReply.DecodeOld(message.Old);
                break;
            case LegacyKind.Text:
                LegacyTextReply.Decode(message.Old, []);
                break;
            case LegacyKind.Error:
                ErrorReply.Decode(message.Old);
                break;
            case LegacyKind.LicenseStatusRequest:
                StatusRequest.DecodeOld(message.Old);
                break;
            default:
                break;
        }
    }
}
