using System.Collections.Generic;

namespace PSLabNet.FlexLm.Usage.Sampled;

/// <summary>Samples in the order of time, of which only the last is kept.</summary>
internal sealed class SampleRun(Observation first, string pool)
{
    private readonly List<string> pools = [pool];

    public long First { get; } = first.At;

    public Observation Last { get; private set; } = first;

    public void Continue(Observation sample, string pool)
    {
        Last = sample;
        if (pools.Count != 1 || pools[0] != pool)
        {
            pools.Clear();
            pools.Add(pool);
        }
    }

    // The same sample twice counts once.
    public void TryJoin(Observation sample, string pool)
    {
        if (!pools.Contains(pool))
        {
            pools.Add(pool);
            Last = Last.Plus(sample);
        }
    }
}
