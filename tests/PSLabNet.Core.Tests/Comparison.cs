using System;
using System.Diagnostics;
using Xunit;

namespace PSLabNet.Tests;

/// <summary>Distinguishes quadratic time from a machine that is busy with other things.</summary>
internal static class Comparison
{
    private const int MostTimes = 20;

    // Anything faster than this counts as fast.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>Runs something. If it takes long, also runs something similar, which must then take long too.</summary>
    public static void AssertNoTimesLonger(Action work, Action likeIt)
    {
        TimeSpan elapsed = Measure(work);
        if (elapsed > Least)
        {
            TimeSpan other = Measure(likeIt);
            Assert.True(elapsed.Ticks < other.Ticks * MostTimes, $"{elapsed}; something like it takes {other}.");
        }
    }

    private static TimeSpan Measure(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed;
    }
}
