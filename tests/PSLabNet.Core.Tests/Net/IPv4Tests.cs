using System;
using System.Linq;
using System.Net;
using FsCheck.Fluent;
using PSLabNet.Net;
using Xunit;

namespace PSLabNet.Tests.Net;

public sealed class IPv4Tests
{
    [Theory]
    [InlineData("172.24.155.222", 0xAC189BDE)]
    [InlineData("0.0.0.0", 0)]
    [InlineData("255.255.255.255", 0xFFFFFFFF)]
    [InlineData(" 10.0.0.1\t", 0x0A000001)]
    public void Four_decimal_octets_are_read(string text, uint value)
    {
        Assert.True(IPv4.TryParse(text, out IPAddress address));
        Assert.Equal(value, IPv4.ToUInt32(address));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("192.168.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.00")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("256.0.0.1")]
    [InlineData("1.2.3.-4")]
    [InlineData("1.2.3.+4")]
    [InlineData("1. 2.3.4")]
    [InlineData("1.2.3.4\0")]
    [InlineData("1\0.2.3.4")]
    [InlineData("1.2.3.٤")]
    [InlineData("1.2.3.1e1")]
    [InlineData("::ffff:1.2.3.4")]
    [InlineData("fe80::1")]
    [InlineData("1.2.3.4/24")]
    public void Other_forms_that_other_parsers_accept_are_rejected(string? text) => Assert.False(IPv4.TryParse(text, out _));

    [Fact]
    public void Every_address_reads_back_from_its_text_and_its_number() => Prop.ForAll(
        Properties.Bytes(4, 4).ToArbitrary(),
        bytes =>
        {
            var address = new IPAddress(bytes);
            return IPv4.ToAddress(IPv4.ToUInt32(address)).Equals(address)
                && IPv4.TryParse(address.ToString(), out IPAddress read) && read.Equals(address)
                && bytes.SequenceEqual(read.GetAddressBytes());
        }).Holds();

    [Fact]
    public void An_address_that_is_not_IPv4_has_no_number()
    {
        Assert.Throws<ArgumentNullException>("address", () => IPv4.ToUInt32(null!));
        Assert.Throws<ArgumentException>("address", () => IPv4.ToUInt32(IPAddress.IPv6Loopback));
    }
}
