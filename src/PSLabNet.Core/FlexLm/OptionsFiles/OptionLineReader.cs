using System.IO;
using System.Text;

namespace PSLabNet.FlexLm.OptionsFiles;

/// <summary>
/// Joins the physical lines of an options file: a backslash at the end of a line continues it. Blank lines and lines that begin with
/// <c>#</c> are left out.
/// </summary>
internal sealed class OptionLineReader
{
    // Bounds the memory of one line. A vendor daemon takes 4,000 characters.
    private const int MaxLength = 1 << 20;

    private readonly TextReader reader;
    private int lineNumber;

    public OptionLineReader(TextReader reader) => this.reader = reader;

    /// <summary>Number of the physical line, from 1, where the last line began.</summary>
    public int StartLine { get; private set; }

    /// <summary>The next line; null at the end. A line over 1,048,576 characters is cut there.</summary>
    public string? Read()
    {
        while (reader.ReadLine() is { } line)
        {
            StartLine = ++lineNumber;
            line = line.Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string joined = Continues(line) ? Join(line) : line;
            if (joined.Length > 0)
            {
                return joined;
            }
        }

        return null;
    }

    private string Join(string line)
    {
        var joined = new StringBuilder();
        string? next = line;
        while (next is not null)
        {
            string part = next.Trim();
            bool continues = Continues(part);
            part = continues ? part.Substring(0, part.Length - 1).TrimEnd() : part;
            if (joined.Length + part.Length < MaxLength)
            {
                joined.Append(joined.Length > 0 && part.Length > 0 ? " " : string.Empty).Append(part);
            }

            next = continues ? reader.ReadLine() : null;
            lineNumber += next is null ? 0 : 1;
        }

        return joined.ToString();
    }

    private static bool Continues(string line) => line.Length > 0 && line[line.Length - 1] == '\\';
}
