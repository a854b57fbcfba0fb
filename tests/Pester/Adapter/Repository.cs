using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PSLabNet.Pester;

/// <summary>Finds the Pester files.</summary>
internal static class Repository
{
    public const string Script = "Invoke-PesterSuite.ps1";

    public const string TestFileEnding = ".Tests.ps1";

    public static string PesterFolder { get; } = Find();

    /// <summary>Names of the files with tests, the longest first, so that no long file starts last.</summary>
    public static IReadOnlyList<string> TestFiles =>
        [.. new DirectoryInfo(PesterFolder).EnumerateFiles("*" + TestFileEnding).OrderByDescending(file => file.Length).Select(file => file.Name)];

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Script)))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException("The tests run in a clone of the repository.", Script);
    }
}
