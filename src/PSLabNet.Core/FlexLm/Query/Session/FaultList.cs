using System;
using System.Collections.Generic;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>The lines of a server's license text that are not understood: the first of them, and the number of the others.</summary>
internal sealed class FaultList
{
    private readonly List<FlexLmLicenseFault> first = [];
    private int others;

    /// <summary>The faults, the last of them perhaps the number of those left out.</summary>
    public IReadOnlyList<FlexLmLicenseFault> All => others == 0
        ? first
        : [.. first, new FlexLmLicenseFault(Last.Source, Last.LineNumber, FormattableString.Invariant($"{others} more lines after this one are not understood."))];

    private FlexLmLicenseFault Last => first[first.Count - 1];

    public void Add(FlexLmLicenseFault fault)
    {
        if (first.Count < QueryLimits.MostFaults)
        {
            first.Add(fault);
        }
        else
        {
            others++;
        }
    }
}
