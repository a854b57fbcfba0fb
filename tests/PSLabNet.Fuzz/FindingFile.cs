using System;
using System.Globalization;
using System.IO;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz;

/// <summary>Reports an input that failed, and keeps it.</summary>
internal static class FindingFile
{
    private const int MostShown = 512;

    private static readonly object One = new();

    /// <summary>Writes to the console what is needed to reproduce the failure; a long input is written to a file.</summary>
    public static void Tell(Finding finding)
    {
        lock (One)
        {
            Console.WriteLine();
            Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "FAILED: {0}, seed {1}, index {2}: {3}", finding.Target, finding.Seed, finding.Index, finding.Kind));
            Console.WriteLine(finding.Message);
            string input = finding.Input.Length <= MostShown ? Convert.ToHexString(finding.Input) : Save(finding);
            Console.WriteLine($"input: --reproduce {finding.Target}:{input}");
            if (finding.Index >= 0)
            {
                Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "whole: --reproduce {0}:{1}:{2}", finding.Target, finding.Seed, finding.Index));
            }
        }
    }

    private static string Save(Finding finding)
    {
        Directory.CreateDirectory("out/fuzz");
        string path = string.Format(CultureInfo.InvariantCulture, "out/fuzz/{0}-{1}-{2}.bin", finding.Target, finding.Seed, finding.Index);
        File.WriteAllBytes(path, finding.Input);
        return path;
    }
}
