using System.Linq;
using System.Text;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Wire;

/// <summary>What the first bytes of a peer show, wherever they stand in a buffer, and however few of them have arrived.</summary>
public sealed class OtherProtocolTests
{
    [Fact]
    public void Http_needs_its_first_five_bytes()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("??HTTP/1.1 400 Bad Request");
        for (int count = 1; count <= bytes.Length - 2; count++)
        {
            Assert.Equal(count < 5 ? Recognition.NeedsMore : Recognition.Http, OtherProtocol.Recognize(bytes, 2, count));
        }
    }

    [Theory]
    [InlineData("H")]
    [InlineData("HT")]
    [InlineData("HTT")]
    [InlineData("HTTP")]
    public void What_only_begins_like_Http_may_be_an_old_message(string start) =>
        Assert.Equal(Recognition.None, OtherProtocol.Recognize(Encoding.ASCII.GetBytes(start + "\u0001"), 0, start.Length + 1));

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Tls_needs_its_first_two_bytes(byte contentType)
    {
        Assert.Equal(Recognition.NeedsMore, OtherProtocol.Recognize([0, contentType, 3, 3], 1, 1));
        Assert.Equal(Recognition.Tls, OtherProtocol.Recognize([0, contentType, 3, 3], 1, 2));
        Assert.Equal(Recognition.Tls, OtherProtocol.Recognize([0, contentType, 3, 3], 1, 3));
        Assert.Equal(Recognition.None, OtherProtocol.Recognize([0, contentType, 4, 3], 1, 2));
    }

    [Fact]
    public void No_message_of_the_protocol_is_taken_for_another() =>
        Assert.All(
            Enumerable.Range(0, 256).Where(first => first is not ('H' or 21 or 22)),
            first => Assert.Equal(Recognition.None, OtherProtocol.Recognize([(byte)first, 3], 0, 2)));
}
