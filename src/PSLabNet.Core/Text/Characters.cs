#if NET
using System;
#endif

namespace PSLabNet.Text;

/// <summary>
/// Comparisons and searches that run for every line of a text. On .NET they handle many characters per instruction, and are
/// compiled before a process starts. .NET Framework has them only in another assembly, so that leg compares one at a time.
/// </summary>
internal static class Characters
{
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
    public static bool ArePrintableAscii(string text) => AreBetween(text, ' ', '~');

    /// <summary>True for ASCII alone, with control characters.</summary>
    public static bool AreAscii(string text) => AreBetween(text, '\0', '\x7F');

    private static bool AreBetween(string text, char first, char last)
    {
#if NET
        return !text.AsSpan().ContainsAnyExceptInRange(first, last);
#else
        foreach (char c in text)
        {
            if (c < first || c > last)
            {
                return false;
            }
        }

        return true;
#endif
    }
}
