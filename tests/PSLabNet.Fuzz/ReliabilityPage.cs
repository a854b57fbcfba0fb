using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Lab;

namespace PSLabNet.Fuzz;

/// <summary>
/// The table of a page, between two marks. Nobody edits its figures by hand. A run of some targets replaces their rows and
/// keeps the others.
/// </summary>
internal sealed class ReliabilityPage(string path)
{
    private readonly MarkedBlock block = new(path, "<!-- fuzz: begin, written by tests/PSLabNet.Fuzz -->", "<!-- fuzz: end -->");

    public void Write(IReadOnlyList<TargetResult> results)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in block.Content.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            rows[line.Split('`')[1]] = line;
        }

        foreach (TargetResult result in results)
        {
            rows[result.Target] = Row(result);
        }

        double inputs = rows.Values.Sum(row => Number(row, 2));
        double seconds = rows.Values.Sum(row => Number(row, 3));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Processor.Model}, {RuntimeInformation.FrameworkDescription}, one thread; each row is repeated by:\n\n");
        text.Append("```\ndotnet run -c Release --project tests/PSLabNet.Fuzz -- --target TARGET --count INPUTS --seed SEED\n```\n\n");
        text.Append("| Target | Inputs | Seconds | Inputs/s | Valid | Kept | Memory | Failures | Seed |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        text.AppendJoin('\n', rows.Values);
        text.Append(CultureInfo.InvariantCulture, $"\n| **all** | {inputs:N0} | {seconds:N0} | {inputs / Math.Max(seconds, 1):N0} | | | | {rows.Values.Sum(row => Number(row, 8)):N0} | |\n\n");
        block.Write(text.ToString());
    }

    private static string Row(TargetResult result) => string.Format(
        CultureInfo.InvariantCulture,
        "| `{0}` | {1:N0} | {2:N1} | {3:N0} | {4:0.0} % | {5:N0} | {6} | {7} | {8} |",
        result.Target,
        result.Inputs,
        result.Time.TotalSeconds,
        result.PerSecond,
        result.ValidShare * 100,
        result.Kept,
        result.MemoryShare == 0 ? "–" : string.Format(CultureInfo.InvariantCulture, "{0:0} %", result.MemoryShare * 100),
        result.Findings.Count,
        result.Seed);

    private static double Number(string row, int column) => double.Parse(row.Split('|')[column], NumberStyles.Number, CultureInfo.InvariantCulture);
}
