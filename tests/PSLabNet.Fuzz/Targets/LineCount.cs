using System;

namespace PSLabNet.Fuzz.Targets;

/// <summary>Counts the lines of an input without any of the tested readers.</summary>
internal static class LineCount
{
    /// <summary>The maximum number of lines in the bytes, for any line end.</summary>
    public static int AsLines(this byte[] input) => 1 + input.AsSpan().Count((byte)'\n') + input.AsSpan().Count((byte)'\r');
}
