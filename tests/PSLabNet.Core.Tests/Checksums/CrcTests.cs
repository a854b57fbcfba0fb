using System;
using System.Linq;
using System.Text;
using FsCheck.Fluent;
using PSLabNet.Bytes;
using Xunit;

namespace PSLabNet.Tests.Checksums;

public sealed class CrcTests
{
    private static readonly byte[] CheckText = Encoding.ASCII.GetBytes("123456789");

    [Theory]
    [InlineData("CRC-3/ROHC", 3, 0x3, 0x7, 0x0, 0x6)]
    [InlineData("CRC-4/G-704", 4, 0x3, 0x0, 0x0, 0x7)]
    [InlineData("CRC-5/G-704", 5, 0x15, 0x00, 0x00, 0x07)]
    [InlineData("CRC-5/USB", 5, 0x05, 0x1F, 0x1F, 0x19)]
    [InlineData("CRC-6/DARC", 6, 0x19, 0x00, 0x00, 0x26)]
    [InlineData("CRC-7/ROHC", 7, 0x4F, 0x7F, 0x00, 0x53)]
    [InlineData("CRC-8/MAXIM-DOW", 8, 0x31, 0x00, 0x00, 0xA1)]
    [InlineData("CRC-14/DARC", 14, 0x0805, 0x0000, 0x0000, 0x082D)]
    [InlineData("CRC-16/ARC", 16, 0x8005, 0x0000, 0x0000, 0xBB3D)]
    [InlineData("CRC-16/MODBUS", 16, 0x8005, 0xFFFF, 0x0000, 0x4B37)]
    [InlineData("CRC-16/IBM-SDLC", 16, 0x1021, 0xFFFF, 0xFFFF, 0x906E)]
    [InlineData("CRC-16/KERMIT", 16, 0x1021, 0x0000, 0x0000, 0x2189)]
    [InlineData("CRC-16/RIELLO", 16, 0x1021, 0xB2AA, 0x0000, 0x63D0)]
    [InlineData("CRC-16/TMS37157", 16, 0x1021, 0x89EC, 0x0000, 0x26B1)]
    [InlineData("CRC-24/BLE", 24, 0x00065B, 0x555555, 0x000000, 0xC25A56)]
    [InlineData("CRC-32/ISO-HDLC", 32, 0x04C11DB7, 0xFFFFFFFF, 0xFFFFFFFF, 0xCBF43926)]
    [InlineData("CRC-32/ISCSI", 32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, 0xE3069283)]
    [InlineData("CRC-32/AUTOSAR", 32, 0xF4ACFB13, 0xFFFFFFFF, 0xFFFFFFFF, 0x1697D06A)]
    public void The_check_value_of_the_catalogue_is_right(
        string name, int width, uint polynomial, uint initial, uint finalXor, uint check) =>
        Assert.Equal((name, check), (name, new ReflectedCrc(width, polynomial, initial, finalXor).Compute(CheckText, 0, CheckText.Length)));

    [Fact]
    public void The_two_checksums_of_this_project_have_their_published_check_values()
    {
        Assert.Equal(0xCBF43926, Crc32.Compute(CheckText, 0, CheckText.Length));
        Assert.Equal(0x3076u, ReflectedCrc.FlexLm14.Compute(CheckText, 0, CheckText.Length));
        Assert.Equal(Vectors.FlexLm.GetProperty("crc14_check").GetProperty("crc").GetString(), $"0x{ReflectedCrc.FlexLm14.Compute(CheckText, 0, CheckText.Length):x4}");
    }

    [Fact]
    public void Crc32_is_the_one_of_the_runtime_for_every_length_up_to_100() => Prop.ForAll(
        Properties.Bytes(0, 100).ToArbitrary(),
        bytes => Crc32.Compute(bytes, 0, bytes.Length) == System.IO.Hashing.Crc32.HashToUInt32(bytes)).Holds(2000);

    [Theory]
    [InlineData(65_535)]
    [InlineData(1_000_003)]
    public void Crc32_is_the_one_of_the_runtime_for_large_data(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        Assert.Equal(System.IO.Hashing.Crc32.HashToUInt32(bytes), Crc32.Compute(bytes, 0, bytes.Length));
    }

    [Fact]
    public void A_part_has_the_checksum_of_its_bytes_wherever_it_is() => Prop.ForAll(
        Properties.Bytes(0, 60).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(),
        (bytes, before, after) =>
        {
            byte[] around = [.. Enumerable.Repeat((byte)0xA5, before), .. bytes, .. Enumerable.Repeat((byte)0x5A, after)];
            return Crc32.Compute(around, before, bytes.Length) == Crc32.Compute(bytes, 0, bytes.Length)
                && ReflectedCrc.FlexLm14.Compute(around, before, bytes.Length) == ReflectedCrc.FlexLm14.Compute(bytes, 0, bytes.Length);
        }).Holds();

    [Fact]
    public void Every_width_agrees_with_a_register_that_is_shifted_bit_by_bit() => Prop.ForAll(
        (from width in Gen.Choose(1, 32)
         from values in Gen.Choose(0, int.MaxValue).Two()
         from bytes in Properties.Bytes(0, 40)
         let mask = width == 32 ? uint.MaxValue : (1u << width) - 1
         select (width, polynomial: (uint)values.Item1 * 2654435761 & mask, initial: (uint)values.Item2 * 2246822519 & mask, bytes)).ToArbitrary(),
        sample => new ReflectedCrc(sample.width, sample.polynomial, sample.initial, sample.polynomial).Compute(sample.bytes, 0, sample.bytes.Length)
            == BitByBit(sample.width, sample.polynomial, sample.initial, sample.bytes)).Holds(2000);

    [Fact]
    public void Empty_input_has_the_checksum_of_the_initial_value()
    {
        Assert.Equal(0u, Crc32.Compute([], 0, 0));
        Assert.Equal(0u, ReflectedCrc.FlexLm14.Compute([], 0, 0));
        Assert.Equal(0u, Crc32.Compute(CheckText, CheckText.Length, 0));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, "width")]
    [InlineData(33, 0, 0, 0, "width")]
    [InlineData(8, 0x107, 0, 0, "polynomial")]
    [InlineData(14, 0x2E97, 0x4000, 0, "initial")]
    [InlineData(31, 1, 0, 0x80000000, "finalXor")]
    public void Parameters_that_do_not_fit_the_width_are_rejected_by_name(int width, uint polynomial, uint initial, uint finalXor, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => new ReflectedCrc(width, polynomial, initial, finalXor));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 10)]
    [InlineData(9, 1)]
    [InlineData(10, 0)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1, int.MaxValue)]
    public void A_part_outside_the_array_is_rejected(int offset, int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Crc32.Compute(CheckText, offset, count));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReflectedCrc.FlexLm14.Compute(CheckText, offset, count));
    }

    [Fact]
    public void Nothing_has_the_initial_value() => Assert.Equal(0u, ReflectedCrc.FlexLm14.Compute(CheckText, CheckText.Length, 0));

    // The algorithm from the textbook, with the final xor equal to the polynomial.
    private static uint BitByBit(int width, uint polynomial, uint initial, byte[] bytes)
    {
        uint top = 1u << (width - 1);
        uint mask = (top - 1) | top;
        uint register = initial;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint input = (uint)(value >> bit) & 1;
                uint carry = (register & top) != 0 ? 1u : 0;
                register = (register << 1 & mask) ^ ((input ^ carry) != 0 ? polynomial : 0);
            }
        }

        uint reflected = 0;
        for (int bit = 0; bit < width; bit++)
        {
            reflected |= (register >> bit & 1) << (width - 1 - bit);
        }

        return reflected ^ polynomial;
    }
}
