using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using PSLabNet.Benchmarks.FlexLm;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.Benchmarks.Text;
using PSLabNet.Simulation.FlexLm;
using PSLabNet.Simulation.IcePap;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>Time of a new PowerShell from its start to its end.</summary>
/// <param name="Work">The work that it does.</param>
/// <param name="Elapsed">The time.</param>
internal sealed record ColdStartFigures(string Work, TimeSpan Elapsed);

/// <summary>
/// New shells that import the module and call one cmdlet, and one that does nothing, in turn. The simulated device and
/// license server are in this process. The files have 1 MB each.
/// </summary>
internal static class ColdStartRun
{
    private const string Hostname = "coldstart";
    private const int FileBytes = 1_000_000;

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
        using FlexLmSimulator distant = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            Vendors = ["one", "two", "three", "four"],
            FeatureCount = 50,
            CheckoutCount = 10,
            LatencyMs = 20,
        });
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pslabnet-cold-");
        try
        {
            return Measure(runs, server, distant, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<ColdStartFigures> Measure(int runs, FlexLmSimulator server, FlexLmSimulator distant, string folder)
    {
        string lmstat = Write(folder, "lmstat.txt", SampleText.LmStat(FileBytes));
        string log = Write(folder, "debug.log", SampleText.Log(FileBytes));
        string license = Write(folder, "license.dat", Encoding.ASCII.GetBytes(SampleLicenseText.OfLength(FileBytes)));

        // Both cmdlets end when they have found their target; the limits are for a busy machine.
        string import = $"Import-Module '{PowerShell.Manifest.Replace("'", "''", StringComparison.Ordinal)}'; ";
        (string Work, string Command, string Shown)[] shells =
        [
            ("nothing", "'ready'", "ready"),
            ("import, and find one device", import + $"Find-IcePap -MacAddress {Address} -Interface 127.0.0.1 -TimeoutSeconds 10", Hostname),
            ("import, and list the features of one server", import + $"Get-FlexLmFeature -Server {server.Server} -TimeoutSeconds 30", server.Vendors[0].Name + "_feature"),
            ("import, and list 200 features of four daemons at 20 ms", import + $"(Get-FlexLmFeature -Server {distant.Server} -TimeoutSeconds 30).Count", "200"),
            ("import, and read output of lmstat", import + $"(ConvertFrom-LmStat -Path '{lmstat}').Features[0].Name", "feature_0"),
            ("import, and read the denials of a log", import + $"(Import-FlexLmLog -Path '{log}' -Kind Denied)[0].Kind", "Denied"),
            ("import, and read a license file", import + $"(Get-FlexLmLicense -Path '{license}')[0].Kind", "Increment"),
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

    private static string Write(string folder, string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path.Replace("'", "''", StringComparison.Ordinal);
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
