using System;
using System.Buffers.Binary;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Mutation;

/// <summary>Mutates bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    private static readonly byte[] Edges = [0x00, 0x01, 0x07, 0x0A, 0x0D, 0x20, 0x22, 0x2F, 0x30, 0x39, 0x7F, 0x80, 0xFE, 0xFF];

    /// <summary>Mutates bytes at one to a few positions.</summary>
    public static void Mutate(ByteBuffer buffer, FuzzRandom random, ReadOnlySpan<byte> other)
    {
        do
        {
            MutateOnce(buffer, random, other);
        }
        while (!random.OneIn(2));
    }

    private static void MutateOnce(ByteBuffer buffer, FuzzRandom random, ReadOnlySpan<byte> other)
    {
        if (buffer.Length == 0)
        {
            buffer.Append(other.Length > 0 && random.OneIn(2) ? other : [random.NextByte()]);
            return;
        }

        int at = random.Below(buffer.Length);
        switch (random.Below(12))
        {
            case 0 or 1:
                buffer[at] ^= (byte)(1 << random.Below(8));
                break;
            case 2:
                buffer[at] = random.NextByte();
                break;
            case 3:
                buffer[at] = Edges[random.Below(Edges.Length)];
                break;
            case 4:
                buffer[at] = unchecked((byte)(buffer[at] + random.Below(17) - 8));
                break;
            case 5:
                buffer.Remove(at, Length(buffer, at, random));
                break;
            case 6:
                buffer.Insert(random.Below(buffer.Length + 1), buffer.Span.Slice(at, Length(buffer, at, random)));
                break;
            case 7:
                buffer.InsertRun(at, random.OneIn(2) ? buffer[at] : Edges[random.Below(Edges.Length)], 1 + random.Below(random.OneIn(8) ? 300 : 8));
                break;
            case 8:
                Splice(buffer, at, other, random);
                break;
            case 9:
                Swap(buffer, at, random);
                break;
            case 10:
                NudgeWord(buffer, at, random);
                break;
            default:
                if (random.OneIn(4))
                {
                    buffer.Truncate(at);
                }
                else
                {
                    buffer.InsertRun(at, random.NextByte(), 1);
                }

                break;
        }
    }

    // Usually little is cut or repeated, sometimes much.
    private static int Length(ByteBuffer buffer, int at, FuzzRandom random) =>
        Math.Min(1 + random.Below(random.OneIn(4) ? buffer.Length : 8), buffer.Length - at);

    private static void Splice(ByteBuffer buffer, int at, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        if (other.IsEmpty)
        {
            return;
        }

        int from = random.Below(other.Length);
        int count = Math.Min(1 + random.Below(random.OneIn(4) ? other.Length : 24), other.Length - from);
        if (random.OneIn(2))
        {
            buffer.Remove(at, Math.Min(count, buffer.Length - at));
        }

        buffer.Insert(Math.Min(at, buffer.Length), other.Slice(from, count));
    }

    private static void Swap(ByteBuffer buffer, int at, FuzzRandom random)
    {
        int other = random.Below(buffer.Length);
        int count = Math.Min(1 + random.Below(8), buffer.Length - Math.Max(at, other));
        for (int index = 0; index < count; index++)
        {
            (buffer[at + index], buffer[other + index]) = (buffer[other + index], buffer[at + index]);
        }
    }

    // Changes a possible length or number of two bytes, in either byte order: off by a little, or at an end of its range.
    private static void NudgeWord(ByteBuffer buffer, int at, FuzzRandom random)
    {
        if (at + 2 > buffer.Length)
        {
            return;
        }

        Span<byte> word = buffer.Span.Slice(at, 2);
        bool isBig = random.OneIn(2);
        int value = isBig ? BinaryPrimitives.ReadUInt16BigEndian(word) : BinaryPrimitives.ReadUInt16LittleEndian(word);
        value = random.Below(4) switch
        {
            0 => 0,
            1 => ushort.MaxValue,
            2 => value + random.Below(65) - 32,
            _ => 1 << random.Below(16),
        };
        if (isBig)
        {
            BinaryPrimitives.WriteUInt16BigEndian(word, unchecked((ushort)value));
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(word, unchecked((ushort)value));
        }
    }
}
