using System;
using System.Collections.Generic;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Mutation;

/// <summary>Mutates text by its structure: lines, words, numbers; and sometimes by single bytes.</summary>
internal sealed class TextMutator
{
    private readonly IReadOnlyList<byte[]> words;
    private readonly ByteBuffer buffer = new();
    private readonly List<Range> lines = [];

    /// <summary>Uses the words of a format.</summary>
    public TextMutator(IReadOnlyList<byte[]> words) => this.words = words;

    /// <summary>Length in bytes of the long word. Names from the network can be 64 KiB long.</summary>
    public int LongWord { get; init; } = 64 * 1024;

    /// <summary>Once in this number of times, the long word is inserted.</summary>
    public int LongWordOnceIn { get; init; } = 20_000;

    /// <summary>Longer mutants are cut, except those with the long word.</summary>
    public int Longest { get; init; } = 8192;

    public byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        buffer.Set(pool.Pick(random));
        byte[] other = pool.Pick(random);
        do
        {
            switch (random.Below(8))
            {
                case 0 or 1:
                    MutateLines(random, other);
                    break;
                case 2 or 3 or 4:
                    MutateWord(random);
                    break;
                case 5:
                    Insert(random.OneIn(3) ? Pick(Tokens.Hostile, random) : Pick(words, random), random);
                    break;
                case 6:
                    MutateEnds(random);
                    break;
                default:
                    ByteMutator.Mutate(buffer, random, other);
                    break;
            }
        }
        while (!random.OneIn(3));
        buffer.Truncate(Longest);
        if (random.OneIn(LongWordOnceIn))
        {
            buffer.InsertRun(random.Below(buffer.Length + 1), random.OneIn(2) ? (byte)'n' : random.NextByte(), LongWord + random.Below(3) - 1);
        }

        return buffer.ToArray();
    }

    private static byte[] Pick(IReadOnlyList<byte[]> tokens, FuzzRandom random) => tokens[random.Below(tokens.Count)];

    private void Insert(byte[] token, FuzzRandom random) => buffer.Insert(random.Below(buffer.Length + 1), token);

    // Lines are repeated, lost, in another order, or taken from another text.
    private void MutateLines(FuzzRandom random, byte[] other)
    {
        Range line = PickLine(buffer.Span, random);
        switch (random.Below(5))
        {
            case 0:
                buffer.Insert(PickLine(buffer.Span, random).Start.Value, buffer.Span[line]);
                break;
            case 1:
                buffer.Remove(line.Start.Value, line.End.Value - line.Start.Value);
                break;
            case 2:
                byte[] moved = buffer.Span[line].ToArray();
                buffer.Remove(line.Start.Value, moved.Length);
                buffer.Insert(PickLine(buffer.Span, random).Start.Value, moved);
                break;
            case 3:
                buffer.Insert(line.Start.Value, other.AsSpan()[PickLine(other, random)]);
                break;
            default:
                int count = random.Below(random.OneIn(8) ? 200 : 4);
                byte[] repeated = buffer.Span[line].ToArray();
                for (int times = 0; times < count && buffer.Length < Longest; times++)
                {
                    buffer.Insert(line.Start.Value, repeated);
                }

                break;
        }
    }

    // A run of letters or digits becomes another one, a number or a date out of range, or nothing.
    private void MutateWord(FuzzRandom random)
    {
        if (buffer.Length == 0)
        {
            return;
        }

        int start = random.Below(buffer.Length);
        while (start > 0 && IsWord(buffer[start - 1]))
        {
            start--;
        }

        int end = start;
        while (end < buffer.Length && IsWord(buffer[end]))
        {
            end++;
        }

        byte[] replacement = random.Below(5) switch
        {
            0 => Pick(Tokens.Numbers, random),
            1 => Pick(Tokens.Dates, random),
            2 => Pick(words, random),
            3 => Pick(Tokens.Hostile, random),
            _ => [],
        };
        buffer.Remove(start, end - start);
        buffer.Insert(start, replacement);
    }

    private static bool IsWord(byte value) => value is >= (byte)'0' and <= (byte)'9' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' or >= 0x80;

    private void MutateEnds(FuzzRandom random)
    {
        Span<byte> text = buffer.Span;
        int at = text.IndexOf((byte)'\n');
        int wanted = at < 0 ? -1 : random.Below(4);
        switch (wanted)
        {
            case 0:
                buffer.Insert(at, "\r"u8);
                break;
            case 1:
                text.Replace((byte)'\n', (byte)'\r');
                break;
            case 2:
                buffer[PickLine(text, random).End.Value - 1] = (byte)'\0';
                break;
            case 3:
                buffer.Remove(at, 1);
                break;
            default:
                buffer.Append("\r\n"u8);
                break;
        }
    }

    private Range PickLine(ReadOnlySpan<byte> text, FuzzRandom random)
    {
        lines.Clear();
        int start = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n')
            {
                lines.Add(new Range(start, at + 1));
                start = at + 1;
            }
        }

        if (start < text.Length || lines.Count == 0)
        {
            lines.Add(new Range(start, text.Length));
        }

        return lines[random.Below(lines.Count)];
    }
}
