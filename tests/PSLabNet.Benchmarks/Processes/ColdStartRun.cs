using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.Simulation.FlexLm;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>Time of a new PowerShell from its start to its end.</summary>
/// <param name="Work">The work that it does.</param>
/// <param name="Elapsed">The time.</param>
internal sealed record ColdStartFigures(string Work, TimeSpan Elapsed);

/// <summary>
/// New shells that import the module and call one cmdlet, and one that does nothing, in turn. The simulated device and
/// license server are in this process.
/// </summary>
internal static class ColdStartRun
{
    private const string Hostname = "coldstart";

    // Simulators never choose this address, so no other device on loopback answers for it.
    private static readonly MacAddress Address = MacAddress.Parse("00:0c:c6:fe:ed:01");

    /// <summary>Measures.</summary>
    /// <param name="runs">Number of runs for each; the median counts. One more run comes first and does not count.</param>
    /// <returns>The figures, first those of the shell that does nothing.</returns>
    /// <exception cref="IOException">A shell failed, or did not show the expected output.</exception>
    public static IReadOnlyList<ColdStartFigures> Measure(int runs)
    {
        using IcePapSimulator devices = IcePapSimulator.Start(SimulatedIcePapFactory.Create(1, [Address], [Hostname]));
        using FlexLmSimulator server = FlexLmSimulator.Start(new FlexLmSimulatorOptions());

        // Both cmdlets end when they have found their target; the limits are for a busy machine.
        string import = $"Import-Module '{PowerShell.Manifest.Replace("'", "''", StringComparison.Ordinal)}'; ";
        (string Work, string Command, string Shown)[] shells =
        [
            ("nothing", "'ready'", "ready"),
            ("import, and find one device", import + $"Find-IcePap -MacAddress {Address} -Interface 127.0.0.1 -TimeoutSeconds 10", Hostname),
            ("import, and list the features of one server", import + $"Get-FlexLmFeature -Server {server.Server} -TimeoutSeconds 30", server.Vendors[0].Name + "_feature"),
        ];
        List<double>[] elapsed = [.. shells.Select(_ => new List<double>())];
        for (int run = 0; run <= runs; run++)
        {
            for (int index = 0; index < shells.Length; index++)
            {
                double milliseconds = Time(shells[index].Command, shells[index].Shown);

                // The first run reads the files from the disk.
                if (run > 0)
                {
                    elapsed[index].Add(milliseconds);
                }
            }
        }

        return [.. shells.Zip(elapsed, (shell, times) => new ColdStartFigures(shell.Work, TimeSpan.FromMilliseconds(Meter.Median(times))))];
    }

    private static double Time(string command, string shown)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<string> lines = PowerShell.RunCommand(command);
        double milliseconds = clock.Elapsed.TotalMilliseconds;
        return lines.Any(line => line.Contains(shown, StringComparison.Ordinal))
            ? milliseconds
            : throw new IOException($"'{command}' did not show {shown}, but: {string.Join(' ', lines)}");
    }
}
