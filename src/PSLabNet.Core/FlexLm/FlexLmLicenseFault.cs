using System;

namespace PSLabNet.FlexLm;

/// <summary>What is wrong with a line of a license file. The other lines are read all the same.</summary>
public sealed class FlexLmLicenseFault
{
    internal FlexLmLicenseFault(string source, int lineNumber, string message)
    {
        Source = source;
        LineNumber = lineNumber;
        Message = message;
    }

    /// <summary>File or server that it is from.</summary>
    public string Source { get; }

    /// <summary>Number of the physical line, from 1.</summary>
    public int LineNumber { get; }

    /// <summary>What is wrong with it.</summary>
    public string Message { get; }

    /// <summary>In one line.</summary>
    /// <returns>Source, line and message, as compilers write it.</returns>
    public override string ToString() => FormattableString.Invariant($"{Source}:{LineNumber}: {Message}");
}
