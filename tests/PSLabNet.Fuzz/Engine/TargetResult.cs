using System;
using System.Collections.Generic;

namespace PSLabNet.Fuzz.Engine;

/// <summary>The results of the inputs of one target.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Time">Time for all inputs.</param>
/// <param name="Valid">Number of inputs that were accepted as valid.</param>
/// <param name="Kept">Number of mutants that were kept for further mutation.</param>
/// <param name="MemoryShare">Largest part of the allowed memory that an input used; 0 if it is not measured.</param>
/// <param name="Findings">The broken invariants, one finding for each kind.</param>
internal sealed record TargetResult(string Target, long Seed, long Inputs, TimeSpan Time, long Valid, int Kept, double MemoryShare, IReadOnlyList<Finding> Findings)
{
    public double PerSecond => Inputs / Math.Max(Time.TotalSeconds, 1e-9);

    public double ValidShare => Valid / Math.Max((double)Inputs, 1);
}
