using PSLabNet.FlexLm.Servers;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Servers;

public sealed class ServerNameCorrectionTests
{
    [Theory]
    [InlineData("lic1:27000", "27000@lic1")]
    [InlineData("lic1@27000", "27000@lic1")]
    [InlineData("lic1.example.org:27000", "27000@lic1.example.org")]
    [InlineData("10.0.0.1:27000", "27000@10.0.0.1")]
    [InlineData("[fe80::1]:27000", "27000@[fe80::1]")]
    [InlineData("a:27000, b:27000,c:27000", "27000@a,27000@b,27000@c")]
    [InlineData("a:27000,27000@b", "27000@a,27000@b")]
    [InlineData("lic1,b@27000", "lic1,27000@b")]
    public void A_host_before_its_port_is_put_in_the_right_order(string text, string meant) =>
        Assert.Equal(meant, ServerNameCorrection.Find(text));

    [Theory]
    [InlineData("")]
    [InlineData("27000@lic1")]
    [InlineData("@lic1")]
    [InlineData("lic1")]
    [InlineData("27000")]
    [InlineData("27000@27001")]
    [InlineData("lic1:lic2")]
    [InlineData("27000@lic1:27000@lic2")]
    [InlineData("27000@lic1:27001")]
    [InlineData("fe80::1")]
    [InlineData("27000@fe80::1")]
    [InlineData(@"C:\licenses\27000")]
    [InlineData("/opt/licenses:27000")]
    [InlineData("lic1:0")]
    [InlineData("lic1:65536")]
    [InlineData("27000@a,27000@b")]
    [InlineData("lic1:27000\0")]
    [InlineData("a:7,3\0@a")]
    public void Other_text_is_left_alone(string text) => Assert.Null(ServerNameCorrection.Find(text));
}
