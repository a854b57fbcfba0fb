using PSLabNet.Text;
using Xunit;

namespace PSLabNet.Tests.Text;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("lic1", "lic1")]
    [InlineData("lic1.example.org", "lic1")]
    [InlineData("1lic.example", "1lic")]
    [InlineData("10.0.0.2", "10.0.0.2")]
    [InlineData(".example", ".example")]
    [InlineData("::1", "::1")]
    [InlineData("", "")]
    public void The_first_label_is_the_name_without_its_domain_and_an_address_is_whole(string host, string expected) =>
        Assert.Equal(expected, HostName.FirstLabel(host));
}
