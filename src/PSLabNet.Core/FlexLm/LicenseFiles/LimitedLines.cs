using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>The license lines of a text from a server, as many as a limit allows.</summary>
/// <param name="Lines">The lines, in order.</param>
/// <param name="LeftOutCount">Lines of text after the last of them that were not read because of the limit.</param>
internal sealed record LimitedLines(IReadOnlyList<FlexLmLicenseLine> Lines, int LeftOutCount)
{
    // A license line has ten attributes or so. One with hundreds takes the memory of many lines, and counts as many.
    private const int AttributesPerLine = 32;

    /// <summary>Reads lines.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">Name of the server, for the lines and faults.</param>
    /// <param name="onFault">Receives every line that could not be parsed.</param>
    /// <param name="budget">The lines that may be taken.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LimitedLines Read(TextReader reader, string source, Action<FlexLmLicenseFault> onFault, CountBudget budget, CancellationToken stop)
    {
        var lines = new List<FlexLmLicenseLine>();
        foreach (FlexLmLicenseLine line in FlexLmLicenseFile.ReadUntilStopped(reader, source, onFault, null, stop))
        {
            if (!budget.TryTake(1 + (line.Attributes.Count / AttributesPerLine)))
            {
                return new LimitedLines(lines, 1 + CountLines(reader, stop));
            }

            lines.Add(line);
        }

        return new LimitedLines(lines, 0);
    }

    private static int CountLines(TextReader reader, CancellationToken stop)
    {
        int count = 0;
        while (reader.ReadLine() is not null)
        {
            stop.ThrowIfCancellationRequested();
            count++;
        }

        return count;
    }
}
