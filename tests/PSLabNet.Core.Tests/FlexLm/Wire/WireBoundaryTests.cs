using System;
using System.Linq;
using System.Net;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

/// <summary>The first value that is too much, too short or of another kind, and the last one that is not.</summary>
public sealed class WireBoundaryTests
{
    private const uint Time = 1700000000;

    [Fact]
    public void A_budget_is_used_up_by_bytes_and_by_short_messages()
    {
        var budget = new ByteBudget(100, leastPerMessage: 30);
        budget.TakeBytes(10);
        budget.TakeMessage(10);
        budget.TakeBytes(50);
        budget.TakeMessage(50);
        budget.TakeBytes(20);

        FlexLmProtocolException exception = Assert.Throws<FlexLmProtocolException>(() => budget.TakeBytes(1));
        Assert.Equal(FlexLmProtocolFault.TooMuch, exception.Fault);
    }

    [Fact]
    public void The_first_8_times_of_each_of_256_daemons_are_kept()
    {
        var times = new FrameTimes();
        IPEndPoint[] daemons = [.. Enumerable.Range(1, 257).Select(port => new IPEndPoint(IPAddress.Loopback, port))];
        foreach (IPEndPoint daemon in daemons)
        {
            for (uint time = 0; time < 9; time++)
            {
                times.Add(daemon, time);
            }
        }

        Assert.All(daemons.Take(256), daemon => Assert.Equal([0u, 1, 2, 3, 4, 5, 6, 7], times.Of(daemon).Select(one => one.Time)));
        Assert.Empty(times.Of(daemons[256]));
    }

    [Fact]
    public void After_a_fault_in_the_content_the_next_message_can_be_found() =>
        Assert.All(
            Enum.GetValues<FlexLmProtocolFault>(),
            fault => Assert.Equal(
                fault is not (FlexLmProtocolFault.Truncated or FlexLmProtocolFault.Malformed or FlexLmProtocolFault.UnexpectedType),
                new FlexLmProtocolException(fault, "x").EndsConnection));

    [Fact]
    public void Old_messages_begin_with_a_capital_letter_or_one_of_three_others() =>
        Assert.All(
            Enumerable.Range(0, 256).Where(first => first is not (0x2F or 'H' or 21 or 22)),
            first =>
            {
                bool isOld = first is >= 'A' and <= 'Z'
                    or (int)LegacyKind.Hello or (int)LegacyKind.LicenseStatusRequest or (int)LegacyKind.FeaturesRequest;
                byte[] bytes = [(byte)first, 0];
                if (isOld)
                {
                    Assert.Equal(147, FlexLmMessage.MeasureLength(bytes, 0, 2));
                }
                else
                {
                    Assert.Equal(FlexLmProtocolFault.UnknownFirstByte, Assert.Throws<FlexLmProtocolException>(() => FlexLmMessage.MeasureLength(bytes, 0, 2)).Fault);
                }
            });

    [Fact]
    public void A_frame_is_measured_when_its_20_bytes_are_there()
    {
        byte[] bytes = new FlexLmFrame(FrameType.Text, Time, new byte[10]).Encode();

        Assert.Equal(0, FlexLmMessage.MeasureLength(bytes, 0, 0));
        Assert.Equal(0, FlexLmMessage.MeasureLength(bytes, 0, 19));
        Assert.Equal(30, FlexLmMessage.MeasureLength(bytes, 0, 20));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(10, true)]
    public void A_frame_says_whether_more_follows(int length, bool hasMore)
    {
        FrameFlags flags = hasMore ? FrameFlags.More : default;
        FlexLmFrame frame = FlexLmFrame.Decode(new FlexLmFrame(FrameType.Text, Time, new byte[length], flags).Encode());

        Assert.Equal(hasMore, frame.HasMore);
        Assert.Equal([length], frame.PartLengths);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x48, 0, 0 })]
    public void What_does_not_begin_with_2F_is_no_frame(byte[] bytes) =>
        Assert.Equal(FlexLmProtocolFault.UnknownFirstByte, Assert.Throws<FlexLmProtocolException>(() => FlexLmFrame.Decode(bytes)).Fault);

    [Fact]
    public void The_body_of_an_old_message_has_145_bytes()
    {
        Assert.Equal(147, new LegacyMessage(LegacyKind.Text, new byte[145]).Encode().Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LegacyMessage(LegacyKind.Text, new byte[146]));
    }

    [Fact]
    public void What_is_no_command_is_not_decoded_as_one()
    {
        Assert.Equal(FlexLmProtocolFault.UnexpectedType, FaultOf(FrameType.Text, [1, 4]));
        Assert.Equal(FlexLmProtocolFault.Malformed, FaultOf(FrameType.ManagerCommand, [1, 5, 0, 0, 0, 0, 0]));
        Assert.Equal(FlexLmProtocolFault.Malformed, FaultOf(FrameType.ManagerCommand, [2, 4, 0, 0, 0, 0, 0]));
        Assert.Equal(FlexLmProtocolFault.Truncated, FaultOf(FrameType.ManagerCommand, [1, 4, 0, 0, 0, 0]));

        static FlexLmProtocolFault FaultOf(FrameType type, byte[] data) =>
            Assert.Throws<FlexLmProtocolException>(() => ManagerCommand.Decode(new FlexLmFrame(type, Time, data))).Fault;
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void The_smallest_and_the_largest_number_of_licenses_are_numbers(int inUse, int total)
    {
        StatusReply status = StatusReply.DecodeOld(LegacyMessage.Decode(new StatusReply(inUse, total, Time).EncodeOld()));

        Assert.Equal((inUse, total), (status.InUse, status.Total));
    }

    [Fact]
    public void An_error_of_zero_is_none() =>
        Assert.Equal(PSLabNet.FlexLm.FlexLmErrorCode.NoReason, ErrorReply.Decode(LegacyMessage.Decode(ErrorReply.Encode(0))));

    [Fact]
    public void Fields_end_within_the_message()
    {
        byte[] bytes = [.. "abc\0"u8];
        Assert.Equal("abc", new WireReader(bytes, 0, 4).ReadPaddedText(4));
        Assert.Equal(FlexLmProtocolFault.Truncated, Assert.Throws<FlexLmProtocolException>(() => new WireReader(bytes, 0, 4).ReadPaddedText(5)).Fault);
        Assert.Equal(FlexLmProtocolFault.Truncated, Assert.Throws<FlexLmProtocolException>(() => new WireReader(bytes, 0, 3).ReadEndedText()).Fault);
        Assert.Equal(FlexLmProtocolFault.Truncated, Assert.Throws<FlexLmProtocolException>(() => new WireReader(bytes, 0, 4).SplitAt(1)).Fault);
        Assert.Equal(FlexLmProtocolFault.Truncated, Assert.Throws<FlexLmProtocolException>(() => new WireReader(bytes, 0, 4).Skip(-1)).Fault);
        Assert.Equal(7, new WireReader([0, 0, (byte)'7'], 0, 3).ReadNumber());
        Assert.Equal(FlexLmProtocolFault.Malformed, Assert.Throws<FlexLmProtocolException>(() => new WireReader([0, 0], 0, 2).ReadNumber()).Fault);
    }
}
