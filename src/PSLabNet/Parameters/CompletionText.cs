using System.Linq;
using System.Management.Automation.Language;

namespace PSLabNet.Parameters;

/// <summary>Words on a command line that is being completed.</summary>
internal static class CompletionText
{
    /// <summary>The typed text, without quotes at its beginning or end.</summary>
    public static string Unquote(string? typed) => (typed ?? string.Empty).Trim('\'', '"');

    /// <summary>
    /// Quotes a text as one argument, whatever it contains: names come from networks. <c>@host</c> would be splatting, a
    /// comma would create three servers from a triad, and a text with a dash at its beginning would be a parameter.
    /// </summary>
    public static string Quote(string text) =>
        text.Length > 0 && text[0] is not ('@' or '-') && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '@')
            ? text
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
}
