using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Checks;

/// <summary>
/// Checks Prometheus' text format more strictly than its own parser: the bytes are UTF-8, every line is a comment or a
/// series of the family above it, no series occurs twice, only the three known escapes are used, and no character acts on a
/// terminal.
/// </summary>
internal static class PrometheusText
{
    /// <summary>Checks that text has the format.</summary>
    /// <returns>The number of series.</returns>
    public static int Check(string text)
    {
        // As a file contains it: invalid text becomes the same replacement character, which may turn two series into one.
        string read = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var series = new HashSet<string>(StringComparer.Ordinal);
        var families = new HashSet<string>(StringComparer.Ordinal);
        string family = string.Empty;
        int start = 0;
        while (start < read.Length)
        {
            int end = read.IndexOf('\n', start);
            Demand(end >= 0, "the last line has no end");
            string line = read[start..end];
            start = end + 1;
            CheckCharacters(line);
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                family = Name(line, 7);
                Demand(families.Add(family), "a family comes twice");
                Demand(line.Length > 7 + family.Length && line[7 + family.Length] == ' ', "a HELP line has no text");
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                Demand(line == $"# TYPE {family} gauge", "a TYPE line is not that of its family");
            }
            else
            {
                Demand(series.Add(Series(line, family)), "a series comes twice");
            }
        }

        return series.Count;
    }

    private static void CheckCharacters(string line)
    {
        int bad = Printable.FirstBad(line);
        Demand(bad < 0, bad < 0 ? string.Empty : $"a line holds U+{(int)line[bad]:X4}");
    }

    private static string Series(string line, string family)
    {
        Demand(family.Length > 0 && Name(line, 0) == family, "a series is of another family");
        int at = family.Length;
        if (at < line.Length && line[at] == '{')
        {
            at = Labels(line, at + 1);
        }

        Demand(at < line.Length && line[at] == ' ', "no blank before the value");
        string value = line[(at + 1)..];
        bool isNumber = value is "+Inf" or "-Inf" or "NaN"
            || (double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number));
        Demand(isNumber, "a value is no number");
        return line[..at];
    }

    // Returns the position after the closing brace.
    private static int Labels(string line, int at)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            string name = Name(line, at);
            Demand(name.Length > 0 && names.Add(name), "a label has no name, or comes twice");
            at += name.Length;
            Demand(at + 1 < line.Length && line[at] == '=' && line[at + 1] == '"', "a label has no value");
            at = Value(line, at + 2);
            Demand(at < line.Length && line[at] is ',' or '}', "a value of a label does not end");
            if (line[at] == '}')
            {
                return at + 1;
            }

            at++;
        }
    }

    // Returns the position after the closing quote.
    private static int Value(string line, int at)
    {
        while (at < line.Length && line[at] != '"')
        {
            if (line[at] == '\\')
            {
                at++;
                Demand(at < line.Length && line[at] is '\\' or '"' or 'n', "an escape is none of the three");
            }

            at++;
        }

        Demand(at < line.Length, "a value of a label does not end");
        return at + 1;
    }

    private static string Name(string line, int from)
    {
        int at = from;
        while (at < line.Length && (char.IsAsciiLetter(line[at]) || line[at] == '_' || (at > from && char.IsAsciiDigit(line[at]))))
        {
            at++;
        }

        return line[from..at];
    }

    private static void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new FuzzViolation("metrics: " + what, "The metrics are no Prometheus text: " + what + ".");
        }
    }
}
