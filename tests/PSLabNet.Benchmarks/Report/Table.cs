using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PSLabNet.Benchmarks.Report;

/// <summary>A Markdown table: the first column is text, the others are numbers.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] row) => rows.Add(row);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(Line(columns)).Append(Line(columns.Select((_, index) => index == 0 ? "---" : "---:")));
        foreach (string[] row in rows)
        {
            text.Append(Line(row));
        }

        return text.ToString();
    }

    private static string Line(IEnumerable<string> cells) => "| " + string.Join(" | ", cells) + " |\n";
}
