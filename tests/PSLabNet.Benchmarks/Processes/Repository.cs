using System;
using System.IO;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>Where the files of this repository are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Manifest => Path.Combine(Root, "PSLabNet.psd1");

    public static string Script(string name) => Path.Combine(Root, "tests", "PSLabNet.Benchmarks", "PowerShell", name);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PSLabNet.sln")))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException("This program belongs into a clone of the repository.");
    }
}
