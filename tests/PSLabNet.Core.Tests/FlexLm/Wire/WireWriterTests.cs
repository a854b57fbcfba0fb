using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

public sealed class WireWriterTests
{
    [Fact]
    public void A_message_of_any_length_ends_with_the_byte_that_was_written_last()
    {
        for (int length = 0; length < 1000; length++)
        {
            byte[] bytes = new WireWriter().Text(new string('a', length)).Byte(7).ToArray();

            Assert.Equal(length + 2, bytes.Length);
            Assert.Equal((0, 7), (bytes[length], bytes[length + 1]));
        }
    }

    // Found by fuzzing: fields that end where the first buffer ends.
    [Fact]
    public void A_message_that_fills_the_first_buffer_reads_back_unchanged()
    {
        for (int length = 100; length < 400; length++)
        {
            var request = new StatusRequest(new string('f', length), "0123456789ABCDEF0123");
            Assert.Equal(request.Feature, StatusRequest.Decode(FlexLmFrame.Decode(request.Encode(1))).Feature);

            var usage = new UsageReply(UsageKind.Checkout, new string('u', length), "h", "d", "v") { Since = 3, Number = 5 };
            Assert.Equal(usage, UsageReply.Decode(FlexLmFrame.Decode(usage.Encode(1))));
        }
    }
}
