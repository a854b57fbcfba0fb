using System;
using System.IO;

namespace PSLabNet.FlexLm.Logs;

/// <summary>Finds where the last lines of a file begin. It searches from the end.</summary>
internal static class TailStart
{
    private const int BlockSize = 64 * 1024;

    /// <summary>Finds the position. A last line without a line end counts as a line.</summary>
    /// <returns>A position; the start of the file if it has no more lines.</returns>
    public static long Find(Stream stream, int lines)
    {
        long end = stream.Length;
        if (lines <= 0)
        {
            return LineStart(stream, end);
        }

        var block = new byte[BlockSize];
        long seen = 0;
        for (long position = end; position > 0;)
        {
            int size = (int)Math.Min(BlockSize, position);
            position -= size;
            size = FileBlock.Read(stream, position, block, size);
            for (int at = size - 1; at >= 0; at--)
            {
                // The end of the last line does not begin another line.
                if (block[at] == '\n' && position + at + 1 < end && ++seen == lines)
                {
                    return position + at + 1;
                }
            }
        }

        return 0;
    }

    // If only new lines are requested, an incomplete last line counts as new.
    private static long LineStart(Stream stream, long end)
    {
        var block = new byte[BlockSize];
        int size = (int)Math.Min(BlockSize, end);
        size = FileBlock.Read(stream, end - size, block, size);
        int last = Array.LastIndexOf(block, (byte)'\n', Math.Max(size - 1, 0), size);
        return last < 0 ? end : end - size + last + 1;
    }
}
