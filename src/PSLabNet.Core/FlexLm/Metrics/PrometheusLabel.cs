using System;
using System.Text;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Metrics;

/// <summary>A label of a time series.</summary>
/// <param name="Name">Name; only letters, digits and underscores.</param>
/// <param name="Value">Any text.</param>
internal sealed record PrometheusLabel(string Name, string Value)
{
    /// <summary>
    /// The label in the text format: backslash, quote and line feed are escaped (Prometheus, "Exposition formats"). The
    /// value is also made printable, because a NUL ends the text for some readers, and labels are shown on terminals and
    /// pages.
    /// </summary>
    /// <returns>For example <c>name="MATLAB"</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Name.Length + Value.Length + 3).Append(Name).Append("=\"");
        foreach (char c in Printable(Value))
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    // The format has its own escape for line feeds.
    private static string Printable(string value) => string.Join("\n", Array.ConvertAll(value.Split('\n'), PrintableText.Escape));
}
