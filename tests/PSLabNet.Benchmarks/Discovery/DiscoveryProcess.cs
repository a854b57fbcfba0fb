using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using PSLabNet.Lab.Network;
using PSLabNet.Lab.Processes;

namespace PSLabNet.Benchmarks.Discovery;

/// <summary>Measures discovery in a process with its own network namespace.</summary>
internal static class DiscoveryProcess
{
    /// <summary>The first argument of that process; the number of runs and the numbers of devices follow.</summary>
    public const string Command = "discovery";

    /// <summary>Measures; null if no namespace can be created, because other devices would answer in the shared network too.</summary>
    public static IReadOnlyList<DiscoveryFigures>? Measure(int runs, params int[] counts)
    {
        if (NetworkNamespace.WhyNot() is not null)
        {
            return null;
        }

        using var network = NetworkNamespace.Create("pslabnet-bench-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        string[] arguments = [Command, .. counts.Prepend(runs).Select(count => count.ToString(CultureInfo.InvariantCulture))];
        ChildProcess ended = ChildProcess.RunToEnd(network.Enter(OwnProcess.StartInfo(arguments)));
        return ended.ExitCode == 0
            ? [.. ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<DiscoveryFigures>(line)!)]
            : throw new IOException("The measuring of discovery ended early: " + ended.Errors);
    }

    /// <summary>The entry point of the other process.</summary>
    public static async Task RunAsync(int runs, IEnumerable<int> counts)
    {
        foreach (int count in counts)
        {
            Console.WriteLine(JsonSerializer.Serialize(await DiscoveryRun.MeasureAsync(count, runs)));
        }
    }
}
