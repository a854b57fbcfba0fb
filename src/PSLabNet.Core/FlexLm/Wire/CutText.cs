using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// Handles license text with gaps. A line that is cut may still look like one, with a wrong number or half a signature, so
/// it is removed. A backslash at the end of a line continues it, and a line is removed with its continuations.
/// </summary>
internal static class CutText
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>The end of the last line before a position that is certainly complete.</summary>
    public static int FindWholeEnd(byte[] text, int place)
    {
        int end = LastLineEnd(text, place);
        while (end >= 0 && IsContinued(text, end))
        {
            end = LastLineEnd(text, end);
        }

        return end + 1;
    }

    /// <summary>A text without the lines at a seam. Blank lines replace them, so that line numbers do not change.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seams">Positions between two bytes, ascending.</param>
    public static byte[] WithoutSeams(byte[] text, IReadOnlyList<int> seams)
    {
        if (seams.Count == 0)
        {
            return text;
        }

        var whole = new List<byte>(text.Length);
        int at = 0;
        foreach (int seam in seams)
        {
            // A line with several seams is removed once.
            if (seam >= at)
            {
                int from = Math.Max(FindWholeEnd(text, Math.Min(seam, text.Length)), at);
                whole.AddRange(new ArraySegment<byte>(text, at, from - at));
                at = FindLineEnd(text, Math.Min(seam, text.Length));
                for (int index = from; index < at; index++)
                {
                    if (text[index] == LineEnd)
                    {
                        whole.Add(LineEnd);
                    }
                }
            }
        }

        whole.AddRange(new ArraySegment<byte>(text, at, text.Length - at));
        return [.. whole];
    }

    // The end of the line at a position and of its continuations.
    private static int FindLineEnd(byte[] text, int place)
    {
        int end = Array.IndexOf(text, LineEnd, place);
        while (end >= 0 && IsContinued(text, end))
        {
            end = Array.IndexOf(text, LineEnd, end + 1);
        }

        return end < 0 ? text.Length : end + 1;
    }

    private static int LastLineEnd(byte[] text, int before) => before == 0 ? -1 : Array.LastIndexOf(text, LineEnd, before - 1);

    // Blanks after the backslash do not matter.
    private static bool IsContinued(byte[] text, int lineEnd)
    {
        int at = lineEnd - 1;
        while (at >= 0 && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            at--;
        }

        return at >= 0 && text[at] == (byte)'\\';
    }
}
