#if NET
using System;
using System.Buffers;
#endif

namespace PSLabNet.Text;

/// <summary>
/// Comparisons and searches that run for every line of a text. On .NET they handle many characters per instruction, and most
/// are compiled before a process starts. .NET Framework has them only in another assembly, so that leg compares one at a time.
/// </summary>
internal static class Characters
{
#if NET
    // A search by a range allocates until it is fully compiled.
    private static readonly SearchValues<char> Printable =
        SearchValues.Create(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");
#endif

    /// <summary>True if a text is at a position of an array, which must have as many characters left.</summary>
    public static bool AreEqual(char[] chars, int start, string text)
    {
#if NET
        return new ReadOnlySpan<char>(chars, start, text.Length).SequenceEqual(text);
#else
        for (int at = 0; at < text.Length; at++)
        {
            if (chars[start + at] != text[at])
            {
                return false;
            }
        }

        return true;
#endif
    }

    /// <summary>True for printable ASCII alone, from a space to a tilde.</summary>
    public static bool ArePrintableAscii(string text)
    {
#if NET
        return !text.AsSpan().ContainsAnyExcept(Printable);
#else
        return AreBetween(text, ' ', '~');
#endif
    }

    /// <summary>True for ASCII alone, with control characters.</summary>
    public static bool AreAscii(string text)
    {
#if NET
        return System.Text.Ascii.IsValid(text);
#else
        return AreBetween(text, '\0', '\x7F');
#endif
    }

#if !NET
    private static bool AreBetween(string text, char first, char last)
    {
        foreach (char c in text)
        {
            if (c < first || c > last)
            {
                return false;
            }
        }

        return true;
    }
#endif
}
