using System;
using System.Linq;
using System.Net;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Servers;

/// <summary>Reads the name of one host: <c>port@host</c>, <c>@host</c> or <c>host</c> (default ports), <c>port@[IPv6]</c>.</summary>
internal static class ServerNode
{
    /// <summary>The host and its port; null for all other text.</summary>
    public static FlexLmNode? Parse(string text)
    {
        int at = text.IndexOf('@');
        string host = text.Substring(at + 1);
        if (host.StartsWith("[", StringComparison.Ordinal) && host.EndsWith("]", StringComparison.Ordinal))
        {
            host = host.Substring(1, host.Length - 2);
            if (host.IndexOf(':') < 0)
            {
                return null;
            }
        }

        // No host name contains escape sequences, and a server is shown without escaping.
        bool isHost = host.Length > 0 && !host.Any(c => char.IsWhiteSpace(c) || c is '@' or '[' or ']' or '/' or '\\')
            && ReferenceEquals(PrintableText.Escape(host), host)
            && (at >= 0 || !host.All(char.IsDigit))
            && (host.IndexOf(':') < 0 || IPAddress.TryParse(host, out _));
        if (!isHost || at <= 0)
        {
            return isHost ? new FlexLmNode(host, null) : null;
        }

        return LicenseWord.TryPort(text.Substring(0, at), out int? port) ? new FlexLmNode(host, port) : null;
    }
}
