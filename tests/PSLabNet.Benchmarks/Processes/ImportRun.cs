using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSLabNet.Benchmarks.Measuring;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>The time of Import-Module for one module.</summary>
internal sealed record ImportFigures(string Module, TimeSpan Processor, TimeSpan Elapsed);

/// <summary>Import-Module for this module and for empty ones, each in a new process, in turn.</summary>
internal static class ImportRun
{
    public static IReadOnlyList<ImportFigures> Measure(int runs)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pslabnet-bench-");
        try
        {
            PowerShell.Run("New-EmptyModule.ps1", "-Path", folder.FullName);
            (string Name, string Manifest)[] modules =
            [
                ("an empty binary module", Path.Combine(folder.FullName, "Empty", "Empty.psd1")),
                ("the same with one view and one type in files", Path.Combine(folder.FullName, "EmptyWithFiles", "EmptyWithFiles.psd1")),
                ("PSLabNet", PowerShell.Manifest),
            ];
            var processor = modules.ToDictionary(module => module.Name, _ => new List<double>());
            var elapsed = modules.ToDictionary(module => module.Name, _ => new List<double>());
            for (int run = 0; run < runs; run++)
            {
                foreach ((string name, string manifest) in modules)
                {
                    string[] figures = PowerShell.Run("Measure-Import.ps1", "-Manifest", manifest)[0].Split(' ');
                    processor[name].Add(double.Parse(figures[0], CultureInfo.InvariantCulture));
                    elapsed[name].Add(double.Parse(figures[1], CultureInfo.InvariantCulture));
                }
            }

            return [.. modules.Select(module => new ImportFigures(module.Name, Median(processor[module.Name]), Median(elapsed[module.Name])))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TimeSpan Median(List<double> milliseconds) => TimeSpan.FromMilliseconds(Meter.Median(milliseconds));
}
