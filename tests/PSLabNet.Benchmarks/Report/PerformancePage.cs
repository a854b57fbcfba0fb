using System;
using System.IO;
using PSLabNet.Benchmarks.Processes;

namespace PSLabNet.Benchmarks.Report;

/// <summary>
/// docs/performance.md: between two comments stands what this program measured, around them what people wrote. No figure is
/// edited by hand.
/// </summary>
internal sealed class PerformancePage
{
    private const string End = "<!-- end of figures -->";

    private readonly string path = Path.Combine(Repository.Root, "docs", "performance.md");
    /// <summary>Puts figures in their place, at once: what follows may fail.</summary>
    public void Add(string name, string markdown)
    {
        string text = File.ReadAllText(path);
        string begin = $"<!-- figures: {name} -->";
        int first = text.IndexOf(begin, StringComparison.Ordinal);
        int last = first < 0 ? -1 : text.IndexOf(End, first, StringComparison.Ordinal);
        if (last < 0)
        {
            throw new InvalidDataException($"The page has no place for the figures {name}.");
        }

        File.WriteAllText(path, text[..(first + begin.Length)] + "\n\n" + markdown + "\n" + text[last..]);
    }

    public static void AddImage(string name, string svg) => File.WriteAllText(Path.Combine(Repository.Root, "docs", "images", name), svg);
}
