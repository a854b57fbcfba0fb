using System;
using System.Linq;
using FsCheck.Fluent;
using Xunit;

namespace PSLabNet.Tests.Net;

public sealed class MacAddressTests
{
    private static readonly MacAddress Device = new([0x00, 0x0C, 0xC6, 0x69, 0x13, 0x2D]);

    [Theory]
    [InlineData("00:0c:c6:69:13:2d")]
    [InlineData("00:0C:C6:69:13:2D")]
    [InlineData("00-0C-C6-69-13-2D")]
    [InlineData("000c.c669.132d")]
    [InlineData("000CC669132d")]
    [InlineData("  000cc669132d\t")]
    public void The_four_written_forms_are_read_in_either_case(string text)
    {
        Assert.Equal(Device, MacAddress.Parse(text));
        Assert.True(MacAddress.TryParse(text, out MacAddress address));
        Assert.Equal(Device, address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("00:0c:c6:69:13")]
    [InlineData("00:0c:c6:69:13:2d:00")]
    [InlineData("00:0c:c6-69:13:2d")]
    [InlineData("00-0c:c6:69:13:2d")]
    [InlineData("00.0c.c6.69.13.2d")]
    [InlineData("000c:c669:132d")]
    [InlineData("000c.c669-132d")]
    [InlineData("00:0c:c6:69:13:2g")]
    [InlineData("00:0c:c6:69:13:2:")]
    [InlineData("00::c:c6:69:13:2d")]
    [InlineData("0:c:c6:69:13:2d")]
    [InlineData("000cc669132")]
    [InlineData("000cc669132d0")]
    [InlineData("０00cc669132d")]
    [InlineData("0x0cc669132d")]
    [InlineData("-00cc669132d")]
    [InlineData("000cc669132\0")]
    public void Anything_else_is_rejected_with_the_forms(string text)
    {
        Assert.False(MacAddress.TryParse(text, out MacAddress address));
        Assert.Equal(default, address);
        FormatException error = Assert.Throws<FormatException>(() => MacAddress.Parse(text));
        Assert.Contains("00:0c:c6:69:13:2d, 00-0C-C6-69-13-2D, 000c.c669.132d or 000cc669132d", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rejected_text_is_shown_without_acting_on_the_terminal() =>
        Assert.EndsWith(@"'\x1b[2J' is not.", Assert.Throws<FormatException>(() => MacAddress.Parse("\u001b[2J")).Message, StringComparison.Ordinal);

    [Fact]
    public void Null_is_rejected()
    {
        Assert.Throws<ArgumentNullException>("text", () => MacAddress.Parse(null!));
        Assert.False(MacAddress.TryParse(null, out _));
        Assert.Throws<ArgumentException>("bytes", () => new MacAddress(null!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(7)]
    public void Any_count_but_six_bytes_is_rejected(int count) => Assert.Throws<ArgumentException>("bytes", () => new MacAddress(new byte[count]));

    [Theory]
    [InlineData(null, "00:0c:c6:69:13:2d")]
    [InlineData("", "00:0c:c6:69:13:2d")]
    [InlineData("G", "00:0c:c6:69:13:2d")]
    [InlineData(":", "00:0c:c6:69:13:2d")]
    [InlineData("-", "00-0C-C6-69-13-2D")]
    [InlineData(".", "000c.c669.132d")]
    [InlineData("N", "000cc669132d")]
    public void Each_format_writes_its_form(string? format, string text) => Assert.Equal(text, Device.ToString(format, null));

    [Fact]
    public void An_unknown_format_is_rejected() => Assert.Throws<FormatException>(() => Device.ToString("X", null));

    [Fact]
    public void The_default_is_all_zeros() => Assert.Equal("00:00:00:00:00:00", default(MacAddress).ToString());

    [Fact]
    public void Every_address_reads_back_from_each_of_its_forms_and_its_bytes() => Prop.ForAll(
        Properties.Bytes(6, 6).ToArbitrary(),
        bytes =>
        {
            var address = new MacAddress(bytes);
            return address.GetAddressBytes().SequenceEqual(bytes)
                && new[] { "G", "-", ".", "N" }.All(format => MacAddress.Parse(address.ToString(format, null)) == address);
        }).Holds();

    [Fact]
    public void Addresses_sort_as_their_text_does() => Prop.ForAll(
        Properties.Bytes(6, 6).ToArbitrary(), Properties.Bytes(6, 6).ToArbitrary(), Gen.Elements(true, false).ToArbitrary(),
        (one, two, same) =>
        {
            var left = new MacAddress(one);
            MacAddress right = same ? left : new MacAddress(two);
            int order = Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString()));
            return Math.Sign(left.CompareTo(right)) == order
                && Math.Sign(left.CompareTo((object)right)) == order
                && left < right == order < 0 && left <= right == order <= 0
                && left > right == order > 0 && left >= right == order >= 0
                && left == right == (order == 0) && left != right == (order != 0)
                && left.Equals(right) == (order == 0) && left.Equals((object)right) == (order == 0)
                && (order != 0 || left.GetHashCode() == right.GetHashCode());
        }).Holds();

    [Fact]
    public void An_address_compares_with_its_text_and_with_null_as_PowerShell_does()
    {
        Assert.Equal(0, Device.CompareTo("00-0C-C6-69-13-2D"));
        Assert.True(Device.CompareTo("00:0c:c6:69:13:2e") < 0);
        Assert.Equal(1, Device.CompareTo(null));
        Assert.Throws<ArgumentException>("obj", () => Device.CompareTo("nothing"));
        Assert.Throws<ArgumentException>("obj", () => Device.CompareTo(12));
        Assert.False(Device.Equals("00:0c:c6:69:13:2d"));
    }
}
