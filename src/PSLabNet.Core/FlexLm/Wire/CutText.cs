using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Wire;

/// <summary>
/// License text that was cut somewhere. A line that is cut may still look like one, with a wrong number or half a signature,
/// so it is left out. A backslash at the end of a line continues it, and a line is left out with its continuations.
/// </summary>
internal static class CutText
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>The end of the last line before a place that is certainly whole.</summary>
    public static int FindWholeEnd(byte[] text, int place)
    {
        int end = LastLineEnd(text, place);
        while (end >= 0 && IsContinued(text, end))
        {
            end = LastLineEnd(text, end);
        }

        return end + 1;
    }

    /// <summary>A text without the lines that stand at a seam. Blank lines are in their place, so that line numbers stay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seams">Places between two bytes, ascending.</param>
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
            // A line with several seams is left out once.
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

    // The end of the line at a place and of those that continue it.
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
