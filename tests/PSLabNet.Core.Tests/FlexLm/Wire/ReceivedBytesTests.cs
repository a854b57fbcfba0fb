using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

/// <summary>Messages come out as they went in, in whatever pieces they arrive.</summary>
public sealed class ReceivedBytesTests
{
    private const uint Time = 1700000000;

    // Frames of several lengths around the sizes of the buffer, and a message of the old generation.
    private static readonly byte[][] Messages =
    [
        .. new[] { 0, 1, 200, 16_300, 16_384, 65_000, 70_000, 300_000 }.Select(length => new FlexLmFrame(FrameType.Text, Time, new byte[length]).Encode()),
        VendorRequests.LegacyFeatures(),
    ];

    [Fact]
    public void Messages_come_out_as_they_went_in()
    {
        Gen<(byte[][] Sent, int[] Pieces)> cases =
            from sent in Gen.Elements(Messages).ArrayOf(12)
            from pieces in Gen.Elements(1, 2, 20, 147, 1000, 16_384, 100_000).ArrayOf(9)
            select (sent, pieces);
        Prop.ForAll(cases.ToArbitrary(), one => AreTaken(one.Sent, one.Pieces)).Holds(200);
    }

    [Fact]
    public void A_frame_whose_byte_17_is_not_part_of_its_length_is_whole_at_its_short_length()
    {
        byte[] frame = new FlexLmFrame(FrameType.Text, Time, new byte[100]).Encode();
        byte[] odd = WithByte17(frame, 3);
        var received = new ReceivedBytes();
        received.Add(odd, odd.Length - 1);
        Assert.False(received.HasShortFrame);

        received.Add([odd[odd.Length - 1]], 1);

        Assert.False(received.HasMessage);
        Assert.Null(received.Take());
        Assert.True(received.HasShortFrame);
        Assert.Equal(odd, received.TakeShortFrame());
        Assert.Equal(0, received.Count);
        Assert.False(received.HasShortFrame);
    }

    [Fact]
    public void A_long_frame_with_a_wrong_checksum_is_no_short_frame()
    {
        byte[] odd = WithByte17(new FlexLmFrame(FrameType.Text, Time, new byte[100]).Encode(), 3);
        odd[50] ^= 1;
        var received = new ReceivedBytes();
        received.Add(odd, odd.Length);

        Assert.False(received.HasShortFrame);
        Assert.Null(received.Take());
    }

    private static bool AreTaken(byte[][] sent, int[] pieces)
    {
        byte[] all = [.. sent.SelectMany(message => message)];
        var received = new ReceivedBytes();
        var taken = new List<byte[]>();
        for (int at = 0, piece = 0; at < all.Length; piece++)
        {
            int count = Math.Min(pieces[piece % pieces.Length], all.Length - at);
            received.Add(all.AsSpan(at, count).ToArray(), count);
            at += count;
            while (true)
            {
                bool hasMessage = received.HasMessage;
                byte[]? message = received.Take();
                Assert.Equal(hasMessage, message is not null);
                if (message is null)
                {
                    break;
                }

                taken.Add(message);
            }
        }

        Assert.Equal(0, received.Count);
        Assert.Equal(sent.Length, taken.Count);
        return sent.Zip(taken, (message, same) => message.AsSpan().SequenceEqual(same)).All(isSame => isSame);
    }

    // The checksums are right again.
    private static byte[] WithByte17(byte[] frame, byte value)
    {
        byte[] changed = [.. frame];
        changed[17] = value;
        FlexLmFrame.Seal(changed);
        return changed;
    }
}
