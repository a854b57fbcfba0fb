using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace PSLabNet.Benchmarks.Discovery;

/// <summary>Discovery, measured in a process that is in a network namespace of its own.</summary>
internal static class DiscoveryProcess
{
    /// <summary>The first argument of that process; the number of runs and the numbers of devices follow.</summary>
    public const string Command = "discovery";

    /// <summary>Measures; null where no namespace can be made, since in the network that all share other devices would answer too.</summary>
    public static IReadOnlyList<DiscoveryFigures>? Measure(int runs, params int[] counts)
    {
        using var network = Namespace.TryMake();
        if (network is null)
        {
            return null;
        }

        string[] arguments = [Command, runs.ToString(CultureInfo.InvariantCulture), .. Array.ConvertAll(counts, count => count.ToString(CultureInfo.InvariantCulture))];
        using Process process = Process.Start(network.Enter(Child.StartInfo(arguments)))!;
        var figures = new List<DiscoveryFigures>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            figures.Add(JsonSerializer.Deserialize<DiscoveryFigures>(line)!);
        }

        process.WaitForExit();
        return figures.Count == counts.Length ? figures : throw new IOException("The measuring of discovery ended early.");
    }

    /// <summary>The other end.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        int runs = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        foreach (string count in arguments[1..])
        {
            Console.WriteLine(JsonSerializer.Serialize(await DiscoveryRun.MeasureAsync(int.Parse(count, CultureInfo.InvariantCulture), runs)));
        }
    }
}
