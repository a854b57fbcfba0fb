using System;
using System.Runtime.CompilerServices;

namespace PSLabNet.Text;

/// <summary>
/// A part of an array of characters. It splits lines without allocating a string for each part, as spans do on newer
/// targets. All comparisons are ordinal.
/// </summary>
internal readonly struct TextSlice
{
    private readonly char[] chars;
    private readonly int start;

    public TextSlice(char[] chars, int start, int length)
    {
        this.chars = chars;
        this.start = start;
        Length = length;
    }

    public int Length { get; }

    public bool IsEmpty => Length == 0;

    public char this[int index] => chars[start + index];

    public static TextSlice Of(string text) => new(text.ToCharArray(), 0, text.Length);

    public TextSlice From(int index) => new(chars, start + index, Length - index);

    public TextSlice Part(int index, int length) => new(chars, start + index, length);

    public int IndexOf(char c) => IndexOf(c, 0);

    public int IndexOf(char c, int from)
    {
        int place = from >= Length ? -1 : Array.IndexOf(chars, c, start + from, Length - from);
        return place < 0 ? -1 : place - start;
    }

    public int LastIndexOf(char c)
    {
        int place = Length == 0 ? -1 : Array.LastIndexOf(chars, c, start + Length - 1, Length);
        return place < 0 ? -1 : place - start;
    }

    public int IndexOf(string text, int from)
    {
        for (int at = from; at <= Length - text.Length; at++)
        {
            at = IndexOf(text[0], at);
            if (at < 0)
            {
                return -1;
            }

            if (IsAt(text, at))
            {
                return at;
            }
        }

        return -1;
    }

    public int IndexOf(string text) => IndexOf(text, 0);

    public int LastIndexOf(string text)
    {
        int length = Length - text.Length + 1;
        while (length > 0)
        {
            int at = Part(0, length).LastIndexOf(text[0]);
            if (at < 0 || IsAt(text, at))
            {
                return at;
            }

            length = at;
        }

        return -1;
    }

    /// <summary>True if the text is at a position, which may be past the end.</summary>
    public bool IsAt(string text, int index) =>
        index >= 0 && index + text.Length <= Length && Characters.AreEqual(chars, start + index, text);

    /// <summary>True if the slice begins with the text. Most lines differ from it in the first character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool StartsWith(string text) => Length >= text.Length && (text.Length == 0 || chars[start] == text[0]) && IsAt(text, 0);

    public bool StartsWithAny(string[] texts)
    {
        foreach (string text in texts)
        {
            if (StartsWith(text))
            {
                return true;
            }
        }

        return false;
    }

    public bool EndsWith(string text) => IsAt(text, Length - text.Length);

    public bool Is(string text) => Length == text.Length && IsAt(text, 0);

    public bool Is(TextSlice other)
    {
        if (Length != other.Length)
        {
            return false;
        }

        for (int at = 0; at < Length; at++)
        {
            if (this[at] != other[at])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns a hash. It reads four characters per step, because each step waits for the previous one.</summary>
    public uint Hash()
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        char[] all = chars;
        int at = start;
        int end = start + Length;
        ulong hash = (ulong)Length;
        for (; end - at >= 4; at += 4)
        {
            ulong four = all[at] | (ulong)all[at + 1] << 16 | (ulong)all[at + 2] << 32 | (ulong)all[at + 3] << 48;
            hash = (hash ^ four ^ (hash >> 32)) * Prime;
        }

        for (; at < end; at++)
        {
            hash = (hash ^ all[at] ^ (hash >> 32)) * Prime;
        }

        // Up to this point, the last characters affect only the highest bits.
        return (uint)(hash >> 32) ^ (uint)(hash >> 48);
    }

    /// <summary>Removes blanks, tabs and line ends from both ends.</summary>
    public TextSlice Trim()
    {
        char[] all = chars;
        int first = start;
        int end = start + Length;
        while (first < end && IsBlank(all[first]))
        {
            first++;
        }

        return new TextSlice(all, first, end - first).TrimEnd();
    }

    public TextSlice TrimEnd()
    {
        char[] all = chars;
        int end = start + Length;
        while (end > start && IsBlank(all[end - 1]))
        {
            end--;
        }

        return new(all, start, end - start);
    }

    /// <summary>Reads the whole slice as an unsigned number; false if it contains another character or is too large.</summary>
    public bool TryNumber(out int number)
    {
        long value = 0;
        number = 0;
        for (int at = 0; at < Length; at++)
        {
            int digit = this[at] - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
            if (value > int.MaxValue)
            {
                return false;
            }
        }

        number = (int)value;
        return Length > 0;
    }

    /// <summary>The text as a string, escaped for terminals.</summary>
    public string ToPrintable() => PrintableText.Escape(ToString());

    public override string ToString() => Length == 0 ? string.Empty : new string(chars, start, Length);

    // Includes NUL: a log that was truncated while its writer had it open begins with a hole, which reads as NUL.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlank(char c) => c > ' ' ? c == '\uFEFF' : c is ' ' or '\t' or '\r' or '\n' or '\0' or '\f' or '\v';
}
