using System;
using System.Runtime.CompilerServices;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.LicenseFiles;

/// <summary>
/// Takes a logical line apart: words and <c>name=value</c>, a value maybe in quotes or braces. One pass, no look back.
/// </summary>
internal sealed class LineTokenizer
{
    private readonly WordCache words = new();
    private string line = string.Empty;
    private int at;

    /// <summary>The word itself, or the name before <c>=</c>.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>The value after <c>=</c>; null for a bare word.</summary>
    public string? Value { get; private set; }

    /// <summary>The token as one word, as a fixed field takes it.</summary>
    public string Word => Value is null ? Name : $"{Name}={Value}";

    /// <summary>Begins with another line.</summary>
    public void Start(string text)
    {
        line = text;
        at = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
    }

    /// <summary>Goes on to the next token.</summary>
    /// <returns>False at the end of the line.</returns>
    [MethodImpl(HotPath.Optimized)]
    public bool Next()
    {
        SkipBlanks();
        if (at >= line.Length)
        {
            return false;
        }

        Value = null;
        if (line[at] == '"')
        {
            Name = TakeUntil('"');
            return true;
        }

        int start = at;
        bool isIdentifier = true;
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
        {
            char c = line[at];
            if (c == '=' && isIdentifier && at > start)
            {
                Name = words.Get(line, start, at - start);
                at++;
                Value = TakeValue();
                return true;
            }

            // Publishers use names such as V7.1_LK.
            isIdentifier = isIdentifier && (c is '_' or '.' or '-' || char.IsLetterOrDigit(c));
            at++;
        }

        Name = words.Get(line, start, at - start);
        return true;
    }

    private string TakeValue()
    {
        int before = at;
        SkipBlanks();
        if (at < line.Length && line[at] is '"' or '{')
        {
            return line[at] == '"' ? TakeUntil('"') : TakeUntil('}');
        }

        at = before;
        int start = at;
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
        {
            // HOSTID=ID="..." and the like: the blanks inside the quotes belong to the value.
            if (line[at] == '"')
            {
                string head = line.Substring(start, at - start);
                return head + TakeUntil('"');
            }

            at++;
        }

        return words.Get(line, start, at - start);
    }

    // From an opening mark to the closing one, both left out.
    private string TakeUntil(char mark)
    {
        int start = at + 1;
        int end = start <= line.Length ? line.IndexOf(mark, start) : -1;
        if (end < 0)
        {
            end = line.Length;
        }

        at = Math.Min(end + 1, line.Length);
        // A tab separates words and belongs to none. In a value of several words, it would act on a terminal.
        return line.IndexOf('\t', start, end - start) < 0
            ? words.Get(line, start, end - start)
            : line.Substring(start, end - start).Replace('\t', ' ');
    }

    private void SkipBlanks()
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
        {
            at++;
        }
    }
}
