using System.Collections.Generic;
using System.Globalization;
using System.Net;

namespace PSLabNet.FlexLm.Servers;

/// <summary>What was meant by a server in the order of other programs: <c>host:port</c> and <c>host@port</c>, where FlexLM has <c>port@host</c>.</summary>
internal static class ServerNameCorrection
{
    private static readonly char[] Separators = [':', '@'];

    /// <summary>The server, or the triad, in FlexLM's order; null for all other text.</summary>
    /// <param name="text">A name that is not the name of a server.</param>
    public static string? Find(string text)
    {
        var nodes = new List<string>();
        foreach (string part in text.Split(','))
        {
            string node = part.Trim();
            int separator = node.LastIndexOfAny(Separators);
            if (separator <= 0
                || !ushort.TryParse(node.Substring(separator + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
                || port == 0
                || !IsHost(node.Substring(0, separator)))
            {
                return null;
            }

            nodes.Add(new FlexLmNode(node.Substring(0, separator).Trim('[', ']'), port).ToString());
        }

        return string.Join(",", nodes);
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
