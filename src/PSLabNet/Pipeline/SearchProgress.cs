using System;
using System.Diagnostics;
using System.Threading;

namespace PSLabNet.Pipeline;

/// <summary>Progress of a search that ends when nothing new was received for a time. Thread-safe.</summary>
internal sealed class SearchProgress
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long lastNew;
    private int found;

    /// <summary>True if something came.</summary>
    public bool HasFound => Volatile.Read(ref found) > 0;

    /// <summary>Notes that something new was received.</summary>
    public void Found()
    {
        Interlocked.Increment(ref found);
        Interlocked.Exchange(ref lastNew, clock.Elapsed.Ticks);
    }

    /// <summary>The progress of the search.</summary>
    /// <param name="elapsed">Time since the start.</param>
    /// <param name="quiet">Required time without anything new.</param>
    public WorkProgress Progress(TimeSpan elapsed, TimeSpan quiet) => WorkProgress.OfTime(
        $"{Volatile.Read(ref found)} device(s) answered", elapsed, quiet - (clock.Elapsed - TimeSpan.FromTicks(Interlocked.Read(ref lastNew))));
}
