using System;

namespace PSLabNet.Fuzz.Targets;

/// <summary>Lines of an input, counted without any of the readers that are tried.</summary>
internal static class LineCount
{
    /// <summary>The most lines that anybody can see in the bytes, whatever ends one.</summary>
    public static int AsLines(this byte[] input) => 1 + input.AsSpan().Count((byte)'\n') + input.AsSpan().Count((byte)'\r');
}
