using System.Linq;
using System.Management.Automation.Language;

namespace PSLabNet.Parameters;

/// <summary>Words on a command line that is being completed.</summary>
internal static class CompletionText
{
    /// <summary>What was typed, without the quotes that it may have begun with.</summary>
    public static string Unquote(string? typed) => (typed ?? string.Empty).Trim('\'', '"');

    /// <summary>
    /// A text as one argument, whatever is in it: names come from networks. <c>@host</c> would be splatting, a comma would make
    /// three servers of a triad, and what begins with a dash would be a parameter.
    /// </summary>
    public static string Quote(string text) =>
        text.Length > 0 && text[0] is not ('@' or '-') && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '@')
            ? text
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
}
