using System.Collections.Generic;

namespace PSLabNet.Soak.Accounting;

/// <summary>Whether a rule holds, the number of cases, and the failures.</summary>
internal sealed record Verdict(string Rule, long Cases, IReadOnlyList<string> Failures)
{
    public bool IsPassed => Failures.Count == 0;
}
