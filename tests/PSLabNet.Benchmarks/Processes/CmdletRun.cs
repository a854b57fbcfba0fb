using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSLabNet.Benchmarks.FlexLm;
using PSLabNet.Benchmarks.Text;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>The time of a cmdlet, and of its call of the core.</summary>
internal sealed record CmdletFigures(string Name, TimeSpan Cmdlet, TimeSpan Core);

/// <summary>Runs cmdlets and the core in one PowerShell, in turn.</summary>
internal static class CmdletRun
{
    public static IReadOnlyList<CmdletFigures> Measure()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pslabnet-bench-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "lmstat.txt"), SampleText.Features(100, 40));
            File.WriteAllText(Path.Combine(folder.FullName, "license.dat"), SampleLicenseText.Lines(4000));
            return [.. PowerShell.Run("Measure-Cmdlet.ps1", "-Manifest", PowerShell.Manifest, "-Folder", folder.FullName).Select(Parse)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CmdletFigures Parse(string line)
    {
        string[] fields = line.Split(';');
        return new CmdletFigures(fields[0], Microseconds(fields[1]), Microseconds(fields[2]));
    }

    private static TimeSpan Microseconds(string text) => TimeSpan.FromMicroseconds(double.Parse(text, CultureInfo.InvariantCulture));
}
