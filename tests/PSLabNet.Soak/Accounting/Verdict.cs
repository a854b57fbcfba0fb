using System.Collections.Generic;

namespace PSLabNet.Soak.Accounting;

/// <summary>Whether a rule holds, over how many cases, and where not.</summary>
internal sealed record Verdict(string Rule, long Cases, IReadOnlyList<string> Failures)
{
    public bool IsPassed => Failures.Count == 0;
}
