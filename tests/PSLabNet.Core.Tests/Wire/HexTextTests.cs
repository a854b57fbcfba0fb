using System;
using PSLabNet.Text;
using Xunit;

namespace PSLabNet.Tests.Wire;

public sealed class HexTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("7845C4", 0x78, 0x45, 0xc4)]
    [InlineData("0x78 0x45,0Xc4", 0x78, 0x45, 0xc4)]
    [InlineData(@"\x78\x45;c4:f7-00", 0x78, 0x45, 0xc4, 0xf7, 0x00)]
    public void Bytes_are_read_in_the_forms_that_people_paste(string hex, params int[] bytes) =>
        Assert.Equal(Array.ConvertAll(bytes, value => (byte)value), HexText.Parse(hex));

    [Theory]
    [InlineData("7")]
    [InlineData("78 4")]
    [InlineData("zz")]
    [InlineData("7 8")]
    [InlineData("+7")]
    [InlineData("aaaaa\0")]
    [InlineData("\0\0")]
    public void Text_that_is_not_bytes_of_two_digits_is_rejected(string hex) => Assert.Throws<FormatException>(() => HexText.Parse(hex));
}
