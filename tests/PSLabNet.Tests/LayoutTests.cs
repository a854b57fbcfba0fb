using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace PSLabNet.Tests;

/// <summary>Files and folders stay small, or say why they are not.</summary>
public sealed class LayoutTests
{
    private const int MostLines = 250;
    private const int MostFiles = 16;
    private const string Reason = "This file is longer than most.";

    private static readonly string[] Kinds = [".cs", ".ps1", ".js", ".css", ".sh", ".py"];

    [Fact]
    public void A_file_over_250_lines_has_a_reason_at_its_head()
    {
        string[] files = [.. new[] { "src", "tests", "samples", "tools" }.SelectMany(Files), .. Directory.GetFiles(Module.Root, "*.ps1")];
        Assert.True(files.Length > 500, $"{files.Length} files");
        Assert.All(files, file => Assert.False(IsLongWithoutReason(file), file));
    }

    [Fact]
    public void A_folder_of_the_sources_over_16_files_is_an_exception_in_the_architecture()
    {
        string page = File.ReadAllText(Path.Combine(Module.Root, "docs", "architecture.md"));
        string exceptions = page[page.IndexOf("A folder of `src` has 16 files or fewer", StringComparison.Ordinal)..];
        exceptions = exceptions[..exceptions.IndexOf("Within the core", StringComparison.Ordinal)];
        string[] large = [.. Files("src").GroupBy(file => Path.GetDirectoryName(file)!).Where(folder => folder.Count() > MostFiles).Select(folder => Short(folder.Key))];
        Assert.All(large, folder => Assert.Contains($"`{folder}`", exceptions, StringComparison.Ordinal));
    }

    private static bool IsLongWithoutReason(string file)
    {
        string[] lines = File.ReadAllLines(file);
        return lines.Length > MostLines && !lines.Take(30).Any(line => line.Contains(Reason, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Module.Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => Kinds.Contains(Path.GetExtension(file)) && !Path.GetRelativePath(Module.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    // A folder as the page names it: without src and the project.
    private static string Short(string folder) =>
        string.Join('/', Path.GetRelativePath(Path.Combine(Module.Root, "src"), folder).Split(Path.DirectorySeparatorChar).Skip(1));
}
