using System;
using System.Diagnostics;
using Xunit;

namespace PSLabNet.Tests;

/// <summary>Tells what takes the square of the time from what runs on a machine that is busy with other things.</summary>
internal static class Comparison
{
    private const int MostTimes = 20;

    // Under it, nothing is slow.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>Runs something, and where it takes long something like it, which must then take long too.</summary>
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
