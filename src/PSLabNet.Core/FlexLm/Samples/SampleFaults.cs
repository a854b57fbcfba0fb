using System;

namespace PSLabNet.FlexLm.Samples;

/// <summary>Reports the first faults of a file, and a count of the rest: a wrong file of a gigabyte has millions.</summary>
internal sealed class SampleFaults(string source, Action<FlexLmSampleFault> onFault)
{
    private int count;
    private long lastLine;

    public void Add(long line, string message)
    {
        lastLine = line;
        if (++count <= FlexLmSampleFile.MostFaults)
        {
            onFault(new FlexLmSampleFault(source, line, message));
        }
    }

    /// <summary>Reports how many there were beyond the first.</summary>
    public void End()
    {
        if (count > FlexLmSampleFile.MostFaults)
        {
            onFault(new FlexLmSampleFault(source, lastLine, FormattableString.Invariant($"{count - FlexLmSampleFile.MostFaults} more lines of this file can't be read; this is the last of them.")));
        }
    }
}
