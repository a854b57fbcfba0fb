using System;
using System.Linq;
using FsCheck.Fluent;
using PSLabNet.Bytes;
using Xunit;

namespace PSLabNet.Tests.Checksums;

public sealed class CheckByteTests
{
    [Fact]
    public void The_sum_of_all_bytes_is_taken_modulo_256() => Prop.ForAll(
        Properties.Bytes(0, 300).ToArbitrary(),
        bytes => CheckByte.Sum(bytes, 0, bytes.Length) == bytes.Sum(value => value) % 256).Holds();

    [Fact]
    public void Only_the_named_part_is_summed() => Assert.Equal(5, CheckByte.Sum([100, 2, 3, 100], 1, 2));

    [Fact]
    public void Nothing_sums_to_zero() => Assert.Equal(0, CheckByte.Sum([1, 2, 3], 3, 0));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(1, int.MaxValue)]
    public void A_part_outside_the_array_is_rejected(int offset, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CheckByte.Sum([1, 2, 3], offset, count));
}
