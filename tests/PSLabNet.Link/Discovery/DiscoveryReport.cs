using System;
using System.IO;
using System.Text;

namespace PSLabNet.Link.Discovery;

/// <summary>Writes the result into the page about reliability, between two comments that mark its place.</summary>
internal static class DiscoveryReport
{
    private const string Heading = "### Loss of 30 % each way";
    private const string Begin = "<!-- Written by tests/PSLabNet.Link -- discovery --report -->";
    private const string End = "<!-- End of what is written by tests/PSLabNet.Link -->";

    /// <summary>Replaces what is there, or puts it under its heading.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="IOException">There is no such page.</exception>
    public static void Write(DiscoveryResult result)
    {
        string path = Path.Combine(Root(), "docs", "reliability.md");
        string page = File.ReadAllText(path);
        string block = Block(result);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal);
        int end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin >= 0 && end > begin)
        {
            page = page[..begin] + block + page[(end + End.Length)..];
        }
        else
        {
            int heading = page.IndexOf(Heading + "\n", StringComparison.Ordinal);
            if (heading < 0)
            {
                throw new IOException($"{path} has no heading '{Heading}'.");
            }

            int at = heading + Heading.Length + 1;
            page = page[..at] + "\n" + block + "\n" + page[at..];
        }

        File.WriteAllText(path, page);
        Console.WriteLine("Written into docs/reliability.md.");
    }

    private static string Block(DiscoveryResult result)
    {
        DiscoveryOptions options = result.Options;
        var text = new StringBuilder();
        text.Append(Begin).Append("\n\n```\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"dotnet run --project tests/PSLabNet.Link -- discovery --runs {options.Runs} --loss {options.Loss} --devices {options.Devices} --retry {options.Retry} --parallel {options.Parallel} --seed {options.Seed}\n\n");
        foreach (string line in result.Lines())
        {
            text.Append(line).Append('\n');
        }

        return text.Append("```\n\n").Append(End).ToString();
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PSLabNet.sln")))
            {
                return folder.FullName;
            }
        }

        throw new IOException("This does not run in a checkout of PSLabNet: there is no page to write into.");
    }
}
