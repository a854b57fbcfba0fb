using System;

namespace PSLabNet.Benchmarks.Measuring;

/// <summary>The cost of some work.</summary>
/// <param name="Processor">Processor time of the process, all threads.</param>
/// <param name="Elapsed">Elapsed time.</param>
/// <param name="Allocated">Bytes allocated by the process.</param>
internal sealed record Cost(TimeSpan Processor, TimeSpan Elapsed, double Allocated)
{
    public Cost Per(double count) => new(Processor / count, Elapsed / count, Allocated / count);
}
