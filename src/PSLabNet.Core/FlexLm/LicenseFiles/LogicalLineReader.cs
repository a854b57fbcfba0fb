using System.IO;
using System.Text;
using System.Threading;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// Joins the physical lines of a license file to logical ones: a backslash at the end continues, also inside quotes,
/// and so does an open quote. Blank lines and comments are left out.
/// </summary>
internal sealed class LogicalLineReader
{
    /// <summary>Longest logical line of a license file, in characters. It bounds the memory for one line.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly string TooLong = $"The line is longer than {MaxLength} characters.";

    private readonly TextReader reader;
    private readonly CancellationToken stop;
    private string? ahead;
    private int lineNumber;

    public LogicalLineReader(TextReader reader, CancellationToken stop)
    {
        this.reader = reader;
        this.stop = stop;
    }

    /// <summary>Number of the physical line, from 1, where the last logical line began.</summary>
    public int StartLine { get; private set; }

    /// <summary>Why the last logical line is bad; null if it is whole.</summary>
    public string? Fault { get; private set; }

    /// <summary>Number of the physical line, and the character, where an unseen character first stood between words; null if none did.</summary>
    public (int Line, char Character)? UnseenBlank { get; private set; }

    /// <summary>The next logical line; null at the end.</summary>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    public string? Read()
    {
        Fault = null;
        string? line;
        do
        {
            UnseenBlank = null;
            line = Seen(Next(), 0);
            StartLine = lineNumber;
        }
        while (line is not null && IsBlankOrComment(line));

        if (line is null)
        {
            return null;
        }

        string whole = EndsWithBackslash(line) || CountQuotes(line) % 2 != 0 ? Join(line) : line;
        Fault ??= whole.Length > MaxLength ? TooLong : null;
        return whole;
    }

    private string Join(string line)
    {
        var joined = new StringBuilder(line.Length * 2);
        int quotes = 0;
        while (true)
        {
            bool continued = EndsWithBackslash(line);
            string part = continued ? line.Substring(0, line.LastIndexOf('\\')) : line;
            quotes += CountQuotes(part);
            bool open = quotes % 2 != 0;
            Append(joined, part);
            if (!continued && !open)
            {
                return joined.ToString();
            }

            string? next = Seen(Next(), quotes);
            if (next is null)
            {
                Fault = open ? "A quote is not closed." : null;
                return joined.ToString();
            }

            // An open quote must not swallow the rest of the file.
            if (open && LicenseKeywords.StartsLine(next))
            {
                Fault = "A quote is not closed.";
                PushBack(next);
                return joined.ToString();
            }

            if (joined.Length > MaxLength)
            {
                Fault = TooLong;
                PushBack(next);
                return joined.ToString();
            }

            line = next;
        }
    }

    private string? Seen(string? line, int quotesBefore)
    {
        if (line is null)
        {
            return null;
        }

        string seen = UnseenBlanks.Replace(line, quotesBefore, out char? first);
        UnseenBlank ??= first is { } character ? (lineNumber, character) : null;
        return seen;
    }

    // The white space that a continued line is indented with is one blank, as the white space between words is.
    private static void Append(StringBuilder joined, string part)
    {
        int at = 0;
        while (joined.Length > 0 && at < part.Length && char.IsWhiteSpace(part[at]))
        {
            at++;
        }

        if (at > 0 && !char.IsWhiteSpace(joined[joined.Length - 1]))
        {
            joined.Append(' ');
        }

        joined.Append(part, at, part.Length - at);
    }

    private static int CountQuotes(string line)
    {
        int count = 0;
        for (int at = line.IndexOf('"'); at >= 0; at = line.IndexOf('"', at + 1))
        {
            count++;
        }

        return count;
    }

    private static bool EndsWithBackslash(string line)
    {
        int at = line.Length - 1;
        while (at >= 0 && char.IsWhiteSpace(line[at]))
        {
            at--;
        }

        return at >= 0 && line[at] == '\\';
    }

    private static bool IsBlankOrComment(string line)
    {
        foreach (char c in line)
        {
            if (!char.IsWhiteSpace(c) && c != '\uFEFF')
            {
                return c == '#';
            }
        }

        return true;
    }

    private string? Next()
    {
        stop.ThrowIfCancellationRequested();
        string? line = ahead ?? reader.ReadLine();
        ahead = null;
        if (line is not null)
        {
            lineNumber++;
        }

        return line;
    }

    private void PushBack(string line)
    {
        ahead = line;
        lineNumber--;
    }
}
