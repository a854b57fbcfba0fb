using System;

namespace PSLabNet.Fuzz.Mutation;

/// <summary>Bytes that grow and shrink in place, so that a mutant costs one copy and not one per change.</summary>
internal sealed class ByteBuffer
{
    private const int Most = 256 * 1024;

    private byte[] bytes = new byte[4096];

    public int Length { get; private set; }

    public byte this[int index]
    {
        get => bytes[index];
        set => bytes[index] = value;
    }

    public Span<byte> Span => bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> content)
    {
        Reserve(content.Length);
        content.CopyTo(bytes);
        Length = content.Length;
    }

    public void Append(ReadOnlySpan<byte> part) => Insert(Length, part);

    /// <summary>Inserts a part, unless the result would be too long.</summary>
    public void Insert(int at, ReadOnlySpan<byte> part)
    {
        if (Length + part.Length > Most)
        {
            return;
        }

        // The part may belong to this buffer, whose bytes are about to move.
        byte[]? own = part.Overlaps(bytes) ? part.ToArray() : null;
        Reserve(Length + part.Length);
        bytes.AsSpan(at, Length - at).CopyTo(bytes.AsSpan(at + part.Length));
        (own ?? part).CopyTo(bytes.AsSpan(at));
        Length += part.Length;
    }

    public void InsertRun(int at, byte value, int count)
    {
        if (Length + count > Most)
        {
            return;
        }

        Reserve(Length + count);
        bytes.AsSpan(at, Length - at).CopyTo(bytes.AsSpan(at + count));
        bytes.AsSpan(at, count).Fill(value);
        Length += count;
    }

    public void Remove(int at, int count)
    {
        bytes.AsSpan(at + count, Length - at - count).CopyTo(bytes.AsSpan(at));
        Length -= count;
    }

    public void Truncate(int length) => Length = Math.Min(Length, length);

    public byte[] ToArray() => Span.ToArray();

    private void Reserve(int length)
    {
        if (bytes.Length < length)
        {
            Array.Resize(ref bytes, Math.Max(length, bytes.Length * 2));
        }
    }
}
