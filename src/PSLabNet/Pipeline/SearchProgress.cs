using System;
using System.Diagnostics;
using System.Threading;

namespace PSLabNet.Pipeline;

/// <summary>How far a search is that ends when nothing new came for a time. For any thread.</summary>
internal sealed class SearchProgress
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long lastNew;
    private int found;

    /// <summary>True if something came.</summary>
    public bool HasFound => Volatile.Read(ref found) > 0;

    /// <summary>Something new came.</summary>
    public void Found()
    {
        Interlocked.Increment(ref found);
        Interlocked.Exchange(ref lastNew, clock.Elapsed.Ticks);
    }

    /// <summary>How far the search is.</summary>
    /// <param name="elapsed">How long it has taken.</param>
    /// <param name="quiet">How long it must be quiet.</param>
    public WorkProgress Progress(TimeSpan elapsed, TimeSpan quiet) => WorkProgress.OfTime(
        $"{Volatile.Read(ref found)} device(s) answered", elapsed, quiet - (clock.Elapsed - TimeSpan.FromTicks(Interlocked.Read(ref lastNew))));
}
