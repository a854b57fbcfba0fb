using System.Collections.Generic;
using System.Text;

namespace PSLabNet.FlexLm.LmUtil;

/// <summary>
/// Joins a program's arguments into one line by the rules of the C runtime on Windows ("Parsing C command-line
/// arguments"). On other systems, .NET splits the line by the same rules. A backslash escapes a quote, and backslashes
/// are escaped only before a quote.
/// </summary>
internal static class CommandLine
{
    public static string Of(IReadOnlyList<string> arguments)
    {
        var line = new StringBuilder();
        foreach (string argument in arguments)
        {
            if (line.Length > 0)
            {
                line.Append(' ');
            }

            Append(line, argument);
        }

        return line.ToString();
    }

    private static void Append(StringBuilder line, string argument)
    {
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '\n', '\v', '"']) < 0)
        {
            line.Append(argument);
            return;
        }

        line.Append('"');
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '\\')
            {
                backslashes++;
                continue;
            }

            line.Append('\\', c == '"' ? (backslashes * 2) + 1 : backslashes).Append(c);
            backslashes = 0;
        }

        line.Append('\\', backslashes * 2).Append('"');
    }
}
