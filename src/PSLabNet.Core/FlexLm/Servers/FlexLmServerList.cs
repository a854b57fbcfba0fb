using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Servers;

/// <summary>
/// Reads lists of license servers as FlexLM's variables hold them: <c>port@host</c>, <c>@host</c> or <c>host</c> (default
/// ports), <c>port@[IPv6]</c>, paths of license files or of directories with them, triads joined by <c>,</c>, entries
/// separated by <c>;</c>, and except on Windows also by <c>:</c>.
/// </summary>
public static class FlexLmServerList
{
    private static readonly char[] Slashes = ['/', '\\'];

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
        var servers = new List<FlexLmServerAddress>();
        var faults = new List<string>();
        foreach (string entry in Split(text, environment))
        {
            Add(entry, environment, servers, faults);
        }

        return new FlexLmServerListResult { Servers = Distinct(servers), Faults = faults };
    }

    internal static IReadOnlyList<FlexLmServerAddress> Distinct(IEnumerable<FlexLmServerAddress> servers)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. servers.Where(server => seen.Add(string.Join(",", server.Nodes)))];
    }

    private static IEnumerable<string> Split(string text, FlexLmEnvironment environment)
    {
        foreach (string piece in text.Split(';'))
        {
            string entry = piece.Trim().Trim('"');
            if (entry.Length == 0)
            {
                continue;
            }

            if (environment.IsWindows || IsPlainIPv6(entry) || environment.FileExists(entry))
            {
                yield return entry;
                continue;
            }

            foreach (string part in SplitAtColons(entry))
            {
                yield return part;
            }
        }
    }

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

    private static bool IsPlainIPv6(string entry)
    {
        string host = entry.Substring(entry.LastIndexOf('@') + 1);
        return host.IndexOf(':') >= 0 && host.IndexOf('[') < 0
            && IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static void Add(string entry, FlexLmEnvironment environment, List<FlexLmServerAddress> servers, List<string> faults)
    {
        if (environment.FileExists(entry))
        {
            AddFile(entry, environment, servers, faults);
            return;
        }

        try
        {
            if (environment.LicenseFilesIn(entry) is { Count: > 0 } files)
            {
                foreach (string file in files)
                {
                    AddFile(file, environment, servers, faults);
                }

                return;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"The directory '{PrintableText.Escape(entry)}' can't be read: {exception.Message}");
            return;
        }

        if (entry.IndexOf('@') < 0 && entry.IndexOfAny(Slashes) >= 0)
        {
            faults.Add($"The license file '{PrintableText.Escape(entry)}' does not exist.");
            return;
        }

        var nodes = new List<FlexLmNode>();
        foreach (string part in entry.Split(','))
        {
            if (ParseNode(part.Trim()) is not { } node)
            {
                faults.Add($"'{PrintableText.Escape(part.Trim())}' in '{PrintableText.Escape(entry)}' is neither port@host nor @host nor a license file.");
                return;
            }

            nodes.Add(node);
        }

        servers.Add(new FlexLmServerAddress(entry, nodes));
    }

    private static FlexLmNode? ParseNode(string text)
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

        return ushort.TryParse(text.Substring(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? new FlexLmNode(host, port)
            : null;
    }

    // The SERVER lines: one, or the three of a triad.
    private static void AddFile(string path, FlexLmEnvironment environment, List<FlexLmServerAddress> servers, List<string> faults)
    {
        const int Triad = 3;
        FlexLmNode[] nodes;
        try
        {
            using TextReader reader = environment.Open(path);
            nodes =
            [
                .. FlexLmLicenseFile.Read(reader, path, fault => faults.Add(fault.ToString()))
                    .Where(line => line.Kind == FlexLmLineKind.Server)
                    .Select(line => new FlexLmNode(IsThisHost(line.Feature) ? "localhost" : line.Feature, line.Port)),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"The license file '{PrintableText.Escape(path)}' can't be read: {exception.Message}");
            return;
        }

        if (nodes.Length == 0)
        {
            faults.Add($"The license file '{PrintableText.Escape(path)}' has no SERVER line.");
        }
        else if (nodes.Length == Triad)
        {
            servers.Add(FlexLmServerAddress.Of(nodes));
        }
        else
        {
            servers.AddRange(nodes.Select(node => FlexLmServerAddress.Of(node)));
        }
    }

    // License Administration Guide, "SERVER Lines": this_host stands for the host where the file is.
    private static bool IsThisHost(string host) => string.Equals(host, "this_host", StringComparison.OrdinalIgnoreCase);
}
