using System;

namespace PSLabNet.Fuzz.Mutation;

/// <summary>
/// Converts any bytes to text, and any text to bytes: UTF-8, including single halves of surrogate pairs (ED A0 80), and
/// Latin-1 for bytes that are not UTF-8. So inputs can contain every text that a program can receive, and mutants are
/// similar to their seed.
/// </summary>
internal static class LooseText
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        const int OnStack = 1024;
        Span<char> chars = bytes.Length <= OnStack ? stackalloc char[OnStack] : new char[bytes.Length];
        int count = 0;
        for (int at = 0; at < bytes.Length;)
        {
            int first = bytes[at];
            if (first is >= 0xC2 and < 0xE0 && IsNext(bytes, at + 1))
            {
                chars[count++] = (char)(((first & 0x1F) << 6) | (bytes[at + 1] & 0x3F));
                at += 2;
            }
            else if (first is >= 0xE0 and < 0xF0 && IsNext(bytes, at + 1) && IsNext(bytes, at + 2) && (first > 0xE0 || bytes[at + 1] >= 0xA0))
            {
                chars[count++] = (char)(((first & 0xF) << 12) | ((bytes[at + 1] & 0x3F) << 6) | (bytes[at + 2] & 0x3F));
                at += 3;
            }
            else if (first is >= 0xF0 and <= 0xF4 && IsNext(bytes, at + 1) && IsNext(bytes, at + 2) && IsNext(bytes, at + 3)
                && (first != 0xF0 || bytes[at + 1] >= 0x90) && (first != 0xF4 || bytes[at + 1] < 0x90))
            {
                int value = (((first & 7) << 18) | ((bytes[at + 1] & 0x3F) << 12) | ((bytes[at + 2] & 0x3F) << 6) | (bytes[at + 3] & 0x3F)) - 0x10000;
                chars[count++] = (char)(0xD800 + (value >> 10));
                chars[count++] = (char)(0xDC00 + (value & 0x3FF));
                at += 4;
            }
            else
            {
                chars[count++] = (char)first;
                at++;
            }
        }

        return new string(chars[..count]);
    }

    private static bool IsNext(ReadOnlySpan<byte> bytes, int at) => at < bytes.Length && (bytes[at] & 0xC0) == 0x80;
}
