using System;
using System.Collections.Generic;

namespace PSLabNet.Fuzz.Engine;

/// <summary>What became of the inputs of one target.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Time">What they took.</param>
/// <param name="Valid">Inputs that were taken for what they should be.</param>
/// <param name="Kept">Mutants that were kept to be spoiled further.</param>
/// <param name="MemoryShare">Of the memory that is allowed, the most that an input took; 0 where it is not measured.</param>
/// <param name="Findings">What does not hold, one for each kind.</param>
internal sealed record TargetResult(string Target, long Seed, long Inputs, TimeSpan Time, long Valid, int Kept, double MemoryShare, IReadOnlyList<Finding> Findings)
{
    public double PerSecond => Inputs / Math.Max(Time.TotalSeconds, 1e-9);

    public double ValidShare => Valid / Math.Max((double)Inputs, 1);
}
