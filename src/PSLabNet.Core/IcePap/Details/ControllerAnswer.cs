using System;
using System.Collections.Generic;

namespace PSLabNet.IcePap.Details;

/// <summary>One answer of a controller.</summary>
/// <param name="Lines">The lines of the answer, without the repeated request. Control characters are escaped.</param>
internal sealed record ControllerAnswer(IReadOnlyList<string> Lines)
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The first line; empty if there is none.</summary>
    public string Value => Lines.Count > 0 ? Lines[0] : string.Empty;

    /// <summary>Whether the controller answered that it can't.</summary>
    public bool IsError => FirstWord(Value) == ControllerProtocol.Error;

    /// <summary>The first word of a line; empty if there is none.</summary>
    internal static string FirstWord(string line)
    {
        string[] words = line.Split(Blanks, 2, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 ? words[0] : string.Empty;
    }
}
