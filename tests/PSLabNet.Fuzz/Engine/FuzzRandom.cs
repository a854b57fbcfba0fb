namespace PSLabNet.Fuzz.Engine;

/// <summary>Random numbers that depend only on a seed and an index, so that any input can be generated again (SplitMix64).</summary>
internal sealed class FuzzRandom
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong state;

    public void Restart(long seed, long index)
    {
        state = Mix(unchecked((ulong)seed)) ^ Mix(unchecked((ulong)index + Increment));
    }

    public ulong Next64() => Mix(state += Increment);

    /// <summary>A number from 0 to the limit minus 1. The limit is at least 1.</summary>
    public int Below(int limit) => (int)(((Next64() >> 32) * (uint)limit) >> 32);

    /// <summary>True once in this number of times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public byte NextByte() => (byte)(Next64() >> 56);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
