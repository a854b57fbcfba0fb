using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Targets;
using PSLabNet.Lab;

namespace PSLabNet.Fuzz;

/// <summary>Runs targets, one after the other or two at a time, and reports the results.</summary>
internal sealed class Campaign
{
    private const double CiSeconds = 30;
    private const int CiThreads = 2;
    private const double DefaultSeconds = 10;
    private const long FixedSeed = 1;

    private readonly FuzzOptions options;
    private readonly Limits limits = new();
    private readonly ConcurrentBag<TargetResult> results = [];
    private readonly IReadOnlyList<Func<FuzzTarget>> targets;

    public Campaign(FuzzOptions options)
    {
        this.options = options;
        targets = AllTargets.Named(options.Target);
    }

    /// <summary>Runs all targets.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        ReliabilityPage? page = options.Report is null ? null : new ReliabilityPage(options.Report);
        FuzzTarget[] all = [.. targets.Select(make => make())];
        double shares = all.Sum(target => (double)target.Share);
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "Seed {0}. {1}", options.Seed, options.Ci ? $"Each target {CiSeconds} s with the seed {FixedSeed} and {CiSeconds} s with this one." : string.Empty));
        using var watchdog = new Watchdog(limits.Hang, EndByHang);
        var queue = new ConcurrentQueue<FuzzTarget>(all);
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(options.Ci ? CiThreads : Math.Max(options.Threads, 1), all.Length)).Select(_ => new Thread(() => Work(queue, shares, watchdog)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Array.ForEach(all, target => target.Dispose());

        TargetResult[] merged = [.. all.Select(target => Merge(target.Name))];
        Console.WriteLine();
        Console.WriteLine(ResultTable.ForConsole(merged));
        page?.Write(merged);
        int failed = merged.Count(result => result.Findings.Count > 0);
        return Suite.Conclude("Fuzz", merged.Length - failed, failed);
    }

    private void Work(ConcurrentQueue<FuzzTarget> queue, double shares, Watchdog watchdog)
    {
        while (queue.TryDequeue(out FuzzTarget? target))
        {
            if (options.Ci)
            {
                Run(target, FixedSeed, long.MaxValue, TimeSpan.FromSeconds(CiSeconds), watchdog);
                Run(target, options.Seed, long.MaxValue, TimeSpan.FromSeconds(CiSeconds), watchdog);
            }
            else
            {
                long count = options.Count is { } total ? (long)Math.Ceiling(total * (target.Share / shares)) : long.MaxValue;
                TimeSpan time = options.Count is null || options.Seconds is not null ? TimeSpan.FromSeconds(options.Seconds ?? DefaultSeconds) : TimeSpan.MaxValue;
                Run(target, options.Seed, count, time, watchdog);
            }
        }
    }

    private void Run(FuzzTarget target, long seed, long count, TimeSpan time, Watchdog watchdog)
    {
        using var run = new TargetRun(target, seed, limits, watchdog) { OnFinding = FindingFile.Tell };
        TargetResult result = run.Run(count, time);
        results.Add(result);
        Console.WriteLine(ResultTable.Line(result));
    }

    // A target that ran with two seeds counts once.
    private TargetResult Merge(string name)
    {
        TargetResult[] own = [.. results.Where(result => result.Target == name)];
        return own[0] with
        {
            Seed = options.Seed,
            Inputs = own.Sum(result => result.Inputs),
            Time = TimeSpan.FromTicks(own.Sum(result => result.Time.Ticks)),
            Valid = own.Sum(result => result.Valid),
            Kept = own.Sum(result => result.Kept),
            MemoryShare = own.Max(result => result.MemoryShare),
            Findings = [.. own.SelectMany(result => result.Findings)],
        };
    }

    private void EndByHang(WatchSlot slot, byte[] input)
    {
        FindingFile.Tell(new Finding(slot.Target, slot.Seed, slot.Index, "hang", $"It takes more than {limits.Hang.TotalSeconds} s.", input));
        int passed = results.Where(result => result.Findings.Count == 0).Select(result => result.Target).Except([slot.Target]).Distinct().Count();
        Environment.Exit(Suite.Conclude("Fuzz", passed, targets.Count - passed));
    }
}
