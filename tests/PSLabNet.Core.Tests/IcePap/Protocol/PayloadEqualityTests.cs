using System;
using System.Net;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Protocol;

/// <summary>Payloads are equal if all their bytes are.</summary>
public sealed class PayloadEqualityTests
{
    [Fact]
    public void A_configuration_is_equal_to_one_of_the_same_bytes_and_to_none_with_another_byte()
    {
        byte[] bytes = Vectors.IcePapBytes("configuration sent by a device");
        int first = bytes.Length - IcePapProtocol.ChecksumSize - IcePapProtocol.ConfigurationSize;
        IcePapConfiguration configuration = IcePapConfiguration.ReadFrom(bytes, first);
        IcePapConfiguration same = IcePapConfiguration.ReadFrom(bytes, first);

        Assert.Equal(configuration, same);
        Assert.Equal(configuration.GetHashCode(), same.GetHashCode());
        for (int at = 0; at < IcePapProtocol.ConfigurationSize; at++)
        {
            byte[] changed = [.. bytes];
            changed[first + at] ^= 1;
            Assert.False(configuration.Equals(IcePapConfiguration.ReadFrom(changed, first)), $"Byte {at} is not compared.");
        }

        Assert.False(configuration.Equals(null));
        Assert.False(configuration.Equals((object)"iceeu4"));
    }

    [Fact]
    public void An_acknowledgement_is_its_number_and_its_code()
    {
        var acknowledgement = new IcePapAcknowledgement(2, IcePapAcknowledgementCode.OK);

        Assert.Equal(acknowledgement, new IcePapAcknowledgement(2, IcePapAcknowledgementCode.OK));
        Assert.Equal(acknowledgement.GetHashCode(), new IcePapAcknowledgement(2, IcePapAcknowledgementCode.OK).GetHashCode());
        Assert.NotEqual(acknowledgement, new IcePapAcknowledgement(3, IcePapAcknowledgementCode.OK));
        Assert.NotEqual(acknowledgement, new IcePapAcknowledgement(2, IcePapAcknowledgementCode.ERR_BAD_GW));
        Assert.False(acknowledgement.Equals(null));
    }

    [Theory]
    [InlineData("ice\u0080")]
    [InlineData("iceü")]
    [InlineData("ice\0eu4")]
    public void A_hostname_of_a_packet_is_ASCII(string hostname) =>
        Assert.Throws<ArgumentException>(() => new IcePapConfiguration(
            Devices.RandomAddress(), hostname, IPAddress.Parse("172.24.155.222"), IPAddress.Parse("255.255.255.0"), IPAddress.Parse("172.24.155.99"), IPAddress.Parse("172.24.155.255")));
}
