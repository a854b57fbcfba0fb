using System.Collections.Generic;
using System.Globalization;
using System.Net;
using PSLabNet.FlexLm.LicenseFiles;

namespace PSLabNet.FlexLm.Servers;

/// <summary>What was meant by a server in the order of other programs: <c>host:port</c> and <c>host@port</c>, where FlexLM has <c>port@host</c>.</summary>
internal static class ServerNameCorrection
{
    private static readonly char[] Separators = [':', '@'];

    /// <summary>The servers in FlexLM's order, those that are right already as they are; null for all other text.</summary>
    /// <param name="text">One name, or several with commas between them.</param>
    public static string? Find(string text)
    {
        var nodes = new List<string>();
        bool isWrong = false;
        foreach (string part in ServerListEntries.SplitAtCommas(text))
        {
            bool isRight = ServerNode.Parse(part) is not null;
            if ((isRight ? part : Reorder(part)) is not { } node)
            {
                return null;
            }

            isWrong |= !isRight;
            nodes.Add(node);
        }

        return isWrong ? string.Join(",", nodes) : null;
    }

    private static string? Reorder(string part)
    {
        int separator = part.LastIndexOfAny(Separators);
        return separator > 0
            && LicenseWord.TryPort(part.Substring(separator + 1), out int? port)
            && IsHost(part.Substring(0, separator))
            && ServerNode.Parse(new FlexLmNode(part.Substring(0, separator).Trim('[', ']'), port).ToString()) is { } node
            ? node.ToString()
            : null;
    }

    // Digits alone are a port: 27000:27001 says nothing of a host. A colon is in addresses only, and there in brackets.
    private static bool IsHost(string text)
    {
        bool hasBrackets = text.Length > 1 && text[0] == '[' && text[text.Length - 1] == ']';
        return hasBrackets
            ? IPAddress.TryParse(text, out _)
            : text.IndexOfAny([':', '@', '/', '\\', ' ', ';', '[', ']']) < 0 && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }
}
