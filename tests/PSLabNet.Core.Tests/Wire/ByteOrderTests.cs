using System;
using System.Buffers.Binary;
using FsCheck.Fluent;
using PSLabNet.Bytes;
using Xunit;

namespace PSLabNet.Tests.Wire;

public sealed class ByteOrderTests
{
    [Fact]
    public void Integers_are_read_in_the_byte_order_of_the_name() => Prop.ForAll(
        Properties.Bytes(11, 11).ToArbitrary(),
        Gen.Choose(0, 3).ToArbitrary(),
        (bytes, at) =>
            ByteOrder.ReadUInt16Little(bytes, at) == BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at))
            && ByteOrder.ReadUInt16Big(bytes, at) == BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at))
            && ByteOrder.ReadUInt32Little(bytes, at) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at))
            && ByteOrder.ReadUInt32Big(bytes, at) == BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at))
            && ByteOrder.ReadUInt64Big(bytes, at) == BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at))).Holds();

    [Fact]
    public void Written_integers_read_back_and_change_no_other_byte() => Prop.ForAll(
        Properties.Bytes(8, 8).ToArbitrary(),
        bytes =>
        {
            ulong value = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            var written = new byte[26];
            ByteOrder.WriteUInt16Little(written, 1, (ushort)value);
            ByteOrder.WriteUInt16Big(written, 4, (ushort)value);
            ByteOrder.WriteUInt32Little(written, 7, (uint)value);
            ByteOrder.WriteUInt32Big(written, 12, (uint)value);
            ByteOrder.WriteUInt64Big(written, 17, value);
            return ByteOrder.ReadUInt16Little(written, 1) == (ushort)value
                && ByteOrder.ReadUInt16Big(written, 4) == (ushort)value
                && ByteOrder.ReadUInt32Little(written, 7) == (uint)value
                && ByteOrder.ReadUInt32Big(written, 12) == (uint)value
                && ByteOrder.ReadUInt64Big(written, 17) == value
                && (written[0] | written[3] | written[6] | written[11] | written[16] | written[25]) == 0;
        }).Holds();
}
