using System.Collections.Generic;

namespace PSLabNet.FlexLm.Servers;

/// <summary>License servers, and the faults found while looking for them.</summary>
public sealed class FlexLmServerListResult
{
    internal FlexLmServerListResult()
    {
    }

    /// <summary>The servers, each once, in order.</summary>
    public IReadOnlyList<FlexLmServerAddress> Servers { get; internal init => field = value.ToIndexable(); } = ResultCollection<FlexLmServerAddress>.None;

    /// <summary>What could not be understood or read.</summary>
    public IReadOnlyList<string> Faults { get; internal init => field = value.ToIndexable(); } = ResultCollection<string>.None;

    /// <summary>The places searched and their contents, for the error that nothing is configured.</summary>
    public IReadOnlyList<string> LookedIn { get; internal init => field = value.ToIndexable(); } = ResultCollection<string>.None;
}
