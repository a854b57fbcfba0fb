using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Lab;

namespace PSLabNet.Link.Discovery;

/// <summary>Measures how often all devices are found over a link that loses frames.</summary>
internal static class DiscoveryCommand
{
    // The goal is 999 of 1,000.
    private const int GoalPerMiss = 1000;

    private const string Begin = "<!-- Written by tests/PSLabNet.Link -- discovery --report -->";
    private const string End = "<!-- End of what is written by tests/PSLabNet.Link -->";

    /// <summary>Measures, prints and reports.</summary>
    /// <param name="options">The options of the measurement.</param>
    /// <param name="stop">Ends the measurement.</param>
    /// <returns>0 if enough runs found all devices.</returns>
    public static async Task<int> RunAsync(DiscoveryOptions options, CancellationToken stop)
    {
        MarkedBlock? page = options.Report ? new MarkedBlock(Repository.PathOf("docs", "reliability.md"), Begin, End) : null;
        Console.WriteLine($"Seed {options.Seed}; the same numbers of runs, laboratories and devices get the same chance again, but not the same timing.");
        var runs = new ConcurrentQueue<DiscoveryRun>();
        int next = 0;
        string worker = string.Empty;
        await Task.WhenAll(Enumerable.Range(0, Math.Clamp(options.Parallel, 1, options.Runs)).Select(laboratory => Task.Run(() => WorkAsync(laboratory), stop))).ConfigureAwait(false);

        var result = new DiscoveryResult(options, worker, [.. runs.OrderBy(run => run.Number)]);
        foreach (string line in result.Lines())
        {
            Console.WriteLine(line);
        }

        page?.Write($"\n```\n{options.Command()}\n\n{string.Join('\n', result.Lines())}\n```\n\n");
        int missing = result.Missing.Count > (options.Allow ?? options.Runs / GoalPerMiss) ? 1 : 0;
        return Suite.Conclude("Discovery", 1 - missing, missing);

        async Task WorkAsync(int number)
        {
            using var laboratory = new DiscoveryLaboratory($"pslabnet-{Environment.ProcessId}-{number}", options);
            worker = laboratory.Worker;
            for (int run; (run = Interlocked.Increment(ref next)) <= options.Runs;)
            {
                runs.Enqueue(await laboratory.RunAsync(run, stop).ConfigureAwait(false));
            }
        }
    }
}
