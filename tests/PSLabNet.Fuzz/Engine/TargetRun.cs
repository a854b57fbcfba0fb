using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace PSLabNet.Fuzz.Engine;

/// <summary>Runs one target with one input after the other.</summary>
internal sealed class TargetRun : IDisposable
{
    private const int MostFindings = 10;

    private readonly FuzzTarget target;
    private readonly long seed;
    private readonly Limits limits;
    private readonly Watchdog watchdog;
    private readonly WatchSlot slot;
    private readonly FuzzRandom random = new();
    private readonly Outcome outcome = new();
    private readonly SeedPool pool;
    private readonly Dictionary<string, Finding> findings = [];
    private double memoryShare;

    public TargetRun(FuzzTarget target, long seed, Limits limits, Watchdog watchdog)
    {
        this.target = target;
        this.seed = seed;
        this.limits = limits;
        this.watchdog = watchdog;
        pool = new SeedPool(target);
        slot = new WatchSlot { Target = target.Name, Seed = seed };
        watchdog.Add(slot);
    }

    /// <summary>Receives every failure of a new kind.</summary>
    public Action<Finding> OnFinding { get; init; } = _ => { };

    public void Dispose() => watchdog.Remove(slot);

    /// <summary>Runs until the count or the time is reached, whichever comes first.</summary>
    public TargetResult Run(long count, TimeSpan time)
    {
        // Allocations of the seeds and of code that runs for the first time do not count for an input.
        foreach (byte[] input in target.Seeds)
        {
            Execute(input, -1, Measure.Nothing);
        }

        long start = Stopwatch.GetTimestamp();
        long valid = 0;
        long index = 0;
        for (; index < count && findings.Count < MostFindings; index++)
        {
            if ((index & 0xFF) == 0 && Stopwatch.GetElapsedTime(start) > time)
            {
                break;
            }

            Execute(Make(index), index, Measure.All);
            valid += outcome.IsValid ? 1 : 0;
        }

        return new TargetResult(target.Name, seed, index, Stopwatch.GetElapsedTime(start), valid, pool.Kept, memoryShare, [.. findings.Values]);
    }

    /// <summary>Generates the input of an index again. This needs all inputs before it, because they decide which mutants are kept.</summary>
    public Finding? Reproduce(long last)
    {
        for (long index = 0; index < last; index++)
        {
            Execute(Make(index), index, Measure.Nothing);
        }

        findings.Clear();
        byte[] input = Make(last);
        return Execute(input, last, Measure.All) ?? new Finding(target.Name, seed, last, string.Empty, "Everything holds.", input);
    }

    /// <summary>Runs one given input.</summary>
    /// <returns>The broken invariant; null if all hold.</returns>
    public Finding? Try(byte[] input)
    {
        Execute(target.Seeds[0], -1, Measure.Nothing);
        return Execute(input, -1, Measure.All);
    }

    private enum Measure
    {
        All,
        Nothing,
    }

    private byte[] Make(long index)
    {
        random.Restart(seed, index);
        return index < pool.First ? pool[(int)index] : target.Mutate(random, pool);
    }

    private Finding? Execute(byte[] input, long index, Measure measure)
    {
        Exception? failure = Feed(input, index, measure);
        if (failure is null)
        {
            if (index >= 0)
            {
                pool.Offer(input, outcome, random);
            }

            return null;
        }

        string kind = Finding.KindOf(failure);
        if (findings.TryGetValue(kind, out Finding? known))
        {
            return known;
        }

        byte[] small = failure is FuzzViolation { Kind: TooSlow } ? input : Minimizer.Minimize(input, smaller =>
            Feed(smaller, index, measure) is { } other && Finding.KindOf(other) == kind);
        Exception last = Feed(small, index, measure) ?? failure;
        string message = last is FuzzViolation ? last.Message : last.ToString();
        var finding = new Finding(target.Name, seed, index, kind, message, small);
        findings.Add(kind, finding);
        OnFinding(finding);
        return finding;
    }

    private const string TooSlow = "slow";

    private Exception? Feed(byte[] input, long index, Measure measure)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        Exception? failure = FeedOnce(input, index);
        if (failure is not null || measure == Measure.Nothing)
        {
            return failure;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long allowed = target.AllocationConstant + (target.AllocationPerByte * input.Length);
        if (target.IsOnOneThread && allocated > allowed * memoryShare && CheckAllocationAgain(input, index, allocated, allowed) is { } tooMuch)
        {
            return tooMuch;
        }

        return Stopwatch.GetElapsedTime(start) > limits.Slow ? CheckTimeAgain(input, index) : null;
    }

    private Exception? FeedOnce(byte[] input, long index)
    {
        outcome.Restart();
        slot.Begin(input, index);
        try
        {
            target.Run(input, outcome);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            slot.End();
        }
    }

    // The runtime itself may have allocated, once.
    private FuzzViolation? CheckAllocationAgain(byte[] input, long index, long first, long allowed)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        FeedOnce(input, index);
        long allocated = Math.Min(first, GC.GetAllocatedBytesForCurrentThread() - before);
        memoryShare = Math.Max(memoryShare, (double)allocated / allowed);
        return allocated <= allowed ? null : new FuzzViolation(
            "allocation",
            $"{allocated} bytes are allocated for an input of {input.Length}; {allowed} are allowed ({target.AllocationConstant} + {target.AllocationPerByte} for each byte).");
    }

    // Another program may have used the processor: what counts is the processor time (including that of other threads of
    // this program, so never too little), and the fastest of several attempts.
    private FuzzViolation? CheckTimeAgain(byte[] input, long index)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < limits.SlowAttempts && best > limits.Slow; attempt++)
        {
            long start = Stopwatch.GetTimestamp();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            FeedOnce(input, index);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            TimeSpan used = Environment.CpuUsage.TotalTime - before;
            took = used < took ? used : took;
            best = took < best ? took : best;
        }

        return best <= limits.Slow ? null : new FuzzViolation(TooSlow, $"{best.TotalSeconds:0.0} s of the processor for an input of {input.Length} bytes, at the fastest of {limits.SlowAttempts} times.");
    }
}
