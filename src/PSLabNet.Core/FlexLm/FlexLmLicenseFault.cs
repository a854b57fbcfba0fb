using System;

namespace PSLabNet.FlexLm;

/// <summary>A line of a license file that could not be understood. The other lines are still read.</summary>
public sealed class FlexLmLicenseFault
{
    internal FlexLmLicenseFault(string source, int lineNumber, string message)
    {
        Source = source;
        LineNumber = lineNumber;
        Message = message;
    }

    /// <summary>File or server that the line comes from.</summary>
    public string Source { get; }

    /// <summary>Number of the physical line, from 1.</summary>
    public int LineNumber { get; }

    /// <summary>The reason why the line was not understood.</summary>
    public string Message { get; }

    /// <summary>The record in one line.</summary>
    /// <returns>Source, line and message, in the format of compilers.</returns>
    public override string ToString() => FormattableString.Invariant($"{Source}:{LineNumber}: {Message}");
}
