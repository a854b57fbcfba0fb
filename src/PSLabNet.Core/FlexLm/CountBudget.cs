using System.Threading;

namespace PSLabNet.FlexLm;

/// <summary>How many more of something are taken: a limit for memory that several readers share. Thread-safe.</summary>
/// <param name="most">The number.</param>
internal sealed class CountBudget(int most)
{
    private int left = most;

    /// <summary>A budget without a limit.</summary>
    public static CountBudget Unlimited => new(int.MaxValue);

    /// <summary>Takes some.</summary>
    /// <returns>False if there are not that many left; then none is taken.</returns>
    public bool TryTake(int count = 1)
    {
        if (Interlocked.Add(ref left, -count) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref left, count);
        return false;
    }
}
