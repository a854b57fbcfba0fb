using System;

namespace PSLabNet.FlexLm;

/// <summary>A line of a file with samples that could not be read. The other lines are still read.</summary>
public sealed class FlexLmSampleFault
{
    internal FlexLmSampleFault(string source, long lineNumber, string message)
    {
        Source = source;
        LineNumber = lineNumber;
        Message = message;
    }

    /// <summary>The file.</summary>
    public string Source { get; }

    /// <summary>Number of the line, from 1.</summary>
    public long LineNumber { get; }

    /// <summary>The reason why the line was not read.</summary>
    public string Message { get; }

    /// <summary>The record in one line.</summary>
    /// <returns>Source, line and message, in the format of compilers.</returns>
    public override string ToString() => FormattableString.Invariant($"{Source}:{LineNumber}: {Message}");
}
