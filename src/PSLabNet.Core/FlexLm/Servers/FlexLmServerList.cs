using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Servers;

/// <summary>
/// Reads lists of license servers as FlexLM's variables hold them: <c>port@host</c>, <c>@host</c> or <c>host</c> (default
/// ports), <c>port@[IPv6]</c>, paths of license files or of directories with them, entries separated by <c>;</c>, and except
/// on Windows also by <c>:</c>. Three hosts joined by <c>,</c> are taken for a triad; if their answers differ, a query says that
/// they are three servers. Two, or four and more, are servers of their own.
/// </summary>
public static class FlexLmServerList
{
    /// <summary>Reads a list.</summary>
    /// <param name="text">The list.</param>
    /// <returns>Servers and faults.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public static FlexLmServerListResult Parse(string text) => Parse(text, FlexLmEnvironment.Current);

    /// <summary>Reads the name of one server, or of one triad.</summary>
    /// <param name="text">For example <c>27000@lic1</c>.</param>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="FormatException">The text names no server, or several.</exception>
    public static FlexLmServerAddress ParseServer(string text)
    {
        FlexLmServerListResult list = Parse(text);
        return list.Servers.Count == 1 && list.Faults.Count == 0
            ? list.Servers[0]
            : throw new FormatException(list.Faults.Count > 0
                ? list.Faults[0]
                : $"'{PrintableText.Escape(text)}' names {(list.Servers.Count == 0 ? "no license server" : "several license servers")}: port@host or @host names one.");
    }

    /// <summary>Reads a list.</summary>
    /// <param name="text">The list.</param>
    /// <param name="environment">The machine: files, and what separates entries.</param>
    /// <returns>Servers and faults.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    internal static FlexLmServerListResult Parse(string text, FlexLmEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        var entries = new ServerListEntries(environment);
        foreach (string piece in text.Split(';').Select(piece => piece.Trim().Trim('"')).Where(piece => piece.Length > 0))
        {
            if (!environment.FileExists(piece) && ServerNameCorrection.Find(piece) is { } meant)
            {
                entries.AddFault($"'{PrintableText.Escape(piece)}' does not name a license server. Did you mean {meant}?");
                continue;
            }

            foreach (string entry in Split(piece, environment))
            {
                entries.Add(entry);
            }
        }

        return new FlexLmServerListResult { Servers = Distinct(entries.Servers), Faults = entries.Faults };
    }

    internal static IReadOnlyList<FlexLmServerAddress> Distinct(IEnumerable<FlexLmServerAddress> servers)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. servers.Where(server => seen.Add(server.Key))];
    }

    private static IEnumerable<string> Split(string piece, FlexLmEnvironment environment) =>
        environment.IsWindows || HasPlainIPv6(piece) || environment.FileExists(piece) ? [piece] : SplitAtColons(piece);

    // A colon separates, but not inside brackets and not after the letter of a drive.
    private static IEnumerable<string> SplitAtColons(string text)
    {
        int start = 0;
        int brackets = 0;
        for (int at = 0; at <= text.Length; at++)
        {
            char c = at < text.Length ? text[at] : ':';
            brackets += c switch
            {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            bool isDrive = at == start + 1 && char.IsLetter(text[start]) && at + 1 < text.Length && text[at + 1] is '\\' or '/' && at < text.Length && text[at] == ':';
            if (c == ':' && (at == text.Length || (brackets <= 0 && !isDrive)))
            {
                if (at > start)
                {
                    yield return text.Substring(start, at - start).Trim();
                }

                start = at + 1;
            }
        }
    }

    // True if all colons are in IPv6 addresses without brackets.
    private static bool HasPlainIPv6(string piece)
    {
        string[] withColon = [.. ServerListEntries.SplitAtCommas(piece).Where(part => part.IndexOf(':') >= 0)];
        return withColon.Length > 0 && Array.TrueForAll(withColon, IsPlainIPv6);
    }

    private static bool IsPlainIPv6(string part)
    {
        string host = part.Substring(part.LastIndexOf('@') + 1);
        return host.IndexOf(':') >= 0 && host.IndexOf('[') < 0
            && IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }
}
