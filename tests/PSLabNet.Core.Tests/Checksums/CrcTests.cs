using System;
using System.Linq;
using System.Text;
using FsCheck.Fluent;
using PSLabNet.Checksums;
using Xunit;

namespace PSLabNet.Tests.Checksums;

public sealed class CrcTests
{
    private static readonly byte[] CheckText = Encoding.ASCII.GetBytes("123456789");

    [Theory]
    [InlineData("CRC-3/GSM", 3, 0x3, 0x0, false, false, 0x7, 0x4)]
    [InlineData("CRC-3/ROHC", 3, 0x3, 0x7, true, true, 0x0, 0x6)]
    [InlineData("CRC-4/G-704", 4, 0x3, 0x0, true, true, 0x0, 0x7)]
    [InlineData("CRC-4/INTERLAKEN", 4, 0x3, 0xF, false, false, 0xF, 0xB)]
    [InlineData("CRC-5/EPC-C1G2", 5, 0x09, 0x09, false, false, 0x00, 0x00)]
    [InlineData("CRC-5/G-704", 5, 0x15, 0x00, true, true, 0x00, 0x07)]
    [InlineData("CRC-5/USB", 5, 0x05, 0x1F, true, true, 0x1F, 0x19)]
    [InlineData("CRC-6/CDMA2000-A", 6, 0x27, 0x3F, false, false, 0x00, 0x0D)]
    [InlineData("CRC-6/DARC", 6, 0x19, 0x00, true, true, 0x00, 0x26)]
    [InlineData("CRC-6/GSM", 6, 0x2F, 0x00, false, false, 0x3F, 0x13)]
    [InlineData("CRC-7/MMC", 7, 0x09, 0x00, false, false, 0x00, 0x75)]
    [InlineData("CRC-7/ROHC", 7, 0x4F, 0x7F, true, true, 0x00, 0x53)]
    [InlineData("CRC-8/SMBUS", 8, 0x07, 0x00, false, false, 0x00, 0xF4)]
    [InlineData("CRC-8/MAXIM-DOW", 8, 0x31, 0x00, true, true, 0x00, 0xA1)]
    [InlineData("CRC-8/AUTOSAR", 8, 0x2F, 0xFF, false, false, 0xFF, 0xDF)]
    [InlineData("CRC-10/ATM", 10, 0x233, 0x000, false, false, 0x000, 0x199)]
    [InlineData("CRC-11/FLEXRAY", 11, 0x385, 0x01A, false, false, 0x000, 0x5A3)]
    [InlineData("CRC-12/UMTS", 12, 0x80F, 0x000, false, true, 0x000, 0xDAF)]
    [InlineData("CRC-12/DECT", 12, 0x80F, 0x000, false, false, 0x000, 0xF5B)]
    [InlineData("CRC-13/BBC", 13, 0x1CF5, 0x0000, false, false, 0x0000, 0x04FA)]
    [InlineData("CRC-14/DARC", 14, 0x0805, 0x0000, true, true, 0x0000, 0x082D)]
    [InlineData("CRC-14/GSM", 14, 0x202D, 0x0000, false, false, 0x3FFF, 0x30AE)]
    [InlineData("CRC-15/CAN", 15, 0x4599, 0x0000, false, false, 0x0000, 0x059E)]
    [InlineData("CRC-16/ARC", 16, 0x8005, 0x0000, true, true, 0x0000, 0xBB3D)]
    [InlineData("CRC-16/MODBUS", 16, 0x8005, 0xFFFF, true, true, 0x0000, 0x4B37)]
    [InlineData("CRC-16/IBM-3740", 16, 0x1021, 0xFFFF, false, false, 0x0000, 0x29B1)]
    [InlineData("CRC-16/IBM-SDLC", 16, 0x1021, 0xFFFF, true, true, 0xFFFF, 0x906E)]
    [InlineData("CRC-16/XMODEM", 16, 0x1021, 0x0000, false, false, 0x0000, 0x31C3)]
    [InlineData("CRC-16/KERMIT", 16, 0x1021, 0x0000, true, true, 0x0000, 0x2189)]
    [InlineData("CRC-16/RIELLO", 16, 0x1021, 0xB2AA, true, true, 0x0000, 0x63D0)]
    [InlineData("CRC-16/TMS37157", 16, 0x1021, 0x89EC, true, true, 0x0000, 0x26B1)]
    [InlineData("CRC-17/CAN-FD", 17, 0x1685B, 0x00000, false, false, 0x00000, 0x04F03)]
    [InlineData("CRC-21/CAN-FD", 21, 0x102899, 0x000000, false, false, 0x000000, 0x0ED841)]
    [InlineData("CRC-24/OPENPGP", 24, 0x864CFB, 0xB704CE, false, false, 0x000000, 0x21CF02)]
    [InlineData("CRC-24/BLE", 24, 0x00065B, 0x555555, true, true, 0x000000, 0xC25A56)]
    [InlineData("CRC-30/CDMA", 30, 0x2030B9C7, 0x3FFFFFFF, false, false, 0x3FFFFFFF, 0x04C34ABF)]
    [InlineData("CRC-31/PHILIPS", 31, 0x04C11DB7, 0x7FFFFFFF, false, false, 0x7FFFFFFF, 0x0CE9E46C)]
    [InlineData("CRC-32/ISO-HDLC", 32, 0x04C11DB7, 0xFFFFFFFF, true, true, 0xFFFFFFFF, 0xCBF43926)]
    [InlineData("CRC-32/BZIP2", 32, 0x04C11DB7, 0xFFFFFFFF, false, false, 0xFFFFFFFF, 0xFC891918)]
    [InlineData("CRC-32/MPEG-2", 32, 0x04C11DB7, 0xFFFFFFFF, false, false, 0x00000000, 0x0376E6E7)]
    [InlineData("CRC-32/CKSUM", 32, 0x04C11DB7, 0x00000000, false, false, 0xFFFFFFFF, 0x765E7680)]
    [InlineData("CRC-32/ISCSI", 32, 0x1EDC6F41, 0xFFFFFFFF, true, true, 0xFFFFFFFF, 0xE3069283)]
    [InlineData("CRC-32/AUTOSAR", 32, 0xF4ACFB13, 0xFFFFFFFF, true, true, 0xFFFFFFFF, 0x1697D06A)]
    [InlineData("CRC-32/XFER", 32, 0x000000AF, 0x00000000, false, false, 0x00000000, 0xBD0BE338)]
    public void The_check_value_of_the_catalogue_is_right(
        string name, int width, uint polynomial, uint initial, bool reflectIn, bool reflectOut, uint finalXor, uint check)
    {
        var crc = new Crc(width, polynomial, initial, reflectIn, reflectOut, finalXor);
        Assert.Equal((name, check), (name, crc.Compute(CheckText)));
        Assert.Equal(width, crc.Width);
    }

    [Fact]
    public void The_two_checksums_of_this_project_have_their_published_check_values()
    {
        Assert.Equal(0xCBF43926, Crc.Crc32.Compute(CheckText));
        Assert.Equal(0x3076u, Crc.FlexLm14.Compute(CheckText));
        Assert.Equal(Vectors.FlexLm.GetProperty("crc14_check").GetProperty("crc").GetString(), $"0x{Crc.FlexLm14.Compute(CheckText):x4}");
    }

    [Fact]
    public void Crc32_is_the_one_of_the_runtime_for_every_length_up_to_100() => Prop.ForAll(
        Properties.Bytes(0, 100).ToArbitrary(),
        bytes => Crc.Crc32.Compute(bytes) == System.IO.Hashing.Crc32.HashToUInt32(bytes)).Holds(2000);

    [Theory]
    [InlineData(65_535)]
    [InlineData(1_000_003)]
    public void Crc32_is_the_one_of_the_runtime_for_large_data(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        Assert.Equal(System.IO.Hashing.Crc32.HashToUInt32(bytes), Crc.Crc32.Compute(bytes));
    }

    [Fact]
    public void A_part_has_the_checksum_of_its_bytes_wherever_it_is() => Prop.ForAll(
        Properties.Bytes(0, 60).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(),
        (bytes, before, after) =>
        {
            byte[] around = [.. Enumerable.Repeat((byte)0xA5, before), .. bytes, .. Enumerable.Repeat((byte)0x5A, after)];
            return Crc.Crc32.Compute(around, before, bytes.Length) == Crc.Crc32.Compute(bytes)
                && Crc.FlexLm14.Compute(around, before, bytes.Length) == Crc.FlexLm14.Compute(bytes);
        }).Holds();

    [Fact]
    public void Every_width_agrees_with_a_register_that_is_shifted_bit_by_bit() => Prop.ForAll(
        (from width in Gen.Choose(1, 32)
         from values in Gen.Choose(0, int.MaxValue).Two()
         from directions in Gen.Choose(0, 3)
         from bytes in Properties.Bytes(0, 40)
         let mask = width == 32 ? uint.MaxValue : (1u << width) - 1
         select (width, polynomial: (uint)values.Item1 * 2654435761 & mask, initial: (uint)values.Item2 * 2246822519 & mask, directions, bytes)).ToArbitrary(),
        sample => new Crc(sample.width, sample.polynomial, sample.initial, (sample.directions & 1) != 0, (sample.directions & 2) != 0, sample.polynomial)
            .Compute(sample.bytes) == BitByBit(sample.width, sample.polynomial, sample.initial, (sample.directions & 1) != 0, (sample.directions & 2) != 0, sample.bytes)).Holds(2000);

    [Fact]
    public void Empty_input_has_the_checksum_of_the_initial_value()
    {
        Assert.Equal(0u, Crc.Crc32.Compute([]));
        Assert.Equal(0u, Crc.FlexLm14.Compute([]));
        Assert.Equal(0u, Crc.Crc32.Compute(CheckText, CheckText.Length, 0));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, "width")]
    [InlineData(33, 0, 0, 0, "width")]
    [InlineData(8, 0x107, 0, 0, "polynomial")]
    [InlineData(14, 0x2E97, 0x4000, 0, "initial")]
    [InlineData(31, 1, 0, 0x80000000, "finalXor")]
    public void Parameters_that_do_not_fit_the_width_are_rejected_by_name(int width, uint polynomial, uint initial, uint finalXor, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => new Crc(width, polynomial, initial, true, true, finalXor));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 10)]
    [InlineData(9, 1)]
    [InlineData(10, 0)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1, int.MaxValue)]
    public void A_part_outside_the_array_is_rejected(int offset, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Crc.Crc32.Compute(CheckText, offset, count));

    [Fact]
    public void A_null_array_is_rejected()
    {
        Assert.Throws<ArgumentNullException>("bytes", () => Crc.Crc32.Compute(null!));
        Assert.Throws<ArgumentNullException>("bytes", () => Crc.Crc32.Compute(null!, 0, 0));
    }

    // The algorithm from the textbook, with the final xor equal to the polynomial.
    private static uint BitByBit(int width, uint polynomial, uint initial, bool reflectIn, bool reflectOut, byte[] bytes)
    {
        uint top = 1u << (width - 1);
        uint mask = (top - 1) | top;
        uint register = initial;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint input = (uint)(value >> (reflectIn ? bit : 7 - bit)) & 1;
                uint carry = (register & top) != 0 ? 1u : 0;
                register = (register << 1 & mask) ^ ((input ^ carry) != 0 ? polynomial : 0);
            }
        }

        uint result = register;
        if (reflectOut)
        {
            result = 0;
            for (int bit = 0; bit < width; bit++)
            {
                result |= (register >> bit & 1) << (width - 1 - bit);
            }
        }

        return result ^ polynomial;
    }
}
