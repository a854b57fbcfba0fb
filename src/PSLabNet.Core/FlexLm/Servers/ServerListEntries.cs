using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm.LicenseFiles;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Servers;

/// <summary>
/// The servers that the entries of a list name. Three hosts joined by commas may be a triad. Two, or four and more, are
/// servers of their own, and so are three of which one is a file or is named twice.
/// </summary>
internal sealed class ServerListEntries(FlexLmEnvironment environment)
{
    /// <summary>Nodes of a redundant license server (License Administration Guide, "Three-Server Redundancy").</summary>
    private const int TriadSize = 3;

    private static readonly char[] Slashes = ['/', '\\'];

    private readonly List<FlexLmServerAddress> servers = [];
    private readonly List<string> faults = [];

    public IReadOnlyList<FlexLmServerAddress> Servers => servers;

    public IReadOnlyList<string> Faults => faults;

    /// <summary>Adds the servers of one entry.</summary>
    public void Add(string entry)
    {
        if (TryAddPath(entry))
        {
            return;
        }

        string[] parts = [.. SplitAtCommas(entry)];

        // A long entry may have many invalid parts: its beginning is escaped once for all of them.
        var place = new Lazy<string>(() => $" in '{PrintableText.EscapeStart(entry)}'");
        if (entry.IndexOf('@') < 0 && entry.IndexOfAny(Slashes) >= 0 && !Array.Exists(parts, IsPath))
        {
            faults.Add($"The license file '{PrintableText.Escape(entry)}' does not exist.");
        }
        else if (ToTriad(entry, parts) is { } triad)
        {
            servers.Add(triad);
        }
        else if (parts.Length == TriadSize && !Array.Exists(parts, IsPath) && Array.Find(parts, part => ServerNode.Parse(part) is null) is { } invalid)
        {
            // The other two may be nodes of one triad, which are not two servers.
            AddInvalid(invalid, entry, place);
        }
        else
        {
            Array.ForEach(parts, part => AddPart(part, entry, place));
        }
    }

    /// <summary>Adds a fault that no entry has.</summary>
    public void AddFault(string fault) => faults.Add(fault);

    /// <summary>The parts of an entry between its commas, without blanks and quotes around them.</summary>
    public static IEnumerable<string> SplitAtCommas(string entry) =>
        entry.Split(',').Select(part => part.Trim().Trim('"')).Where(part => part.Length > 0);

    private FlexLmServerAddress? ToTriad(string entry, string[] parts)
    {
        FlexLmNode[] nodes = [.. parts.Where(part => !IsPath(part)).Select(ServerNode.Parse).OfType<FlexLmNode>()];
        bool areDifferent = nodes.Select(node => node.ToString()).Distinct(StringComparer.OrdinalIgnoreCase).Count() == TriadSize;
        return parts.Length == TriadSize && areDifferent ? new FlexLmServerAddress(entry, nodes) { IsTriadAssumed = true } : null;
    }

    private void AddPart(string part, string entry, Lazy<string> place)
    {
        if (TryAddPath(part))
        {
            return;
        }

        if (ServerNode.Parse(part) is { } node)
        {
            servers.Add(new FlexLmServerAddress(part, [node]));
            return;
        }

        AddInvalid(part, entry, place);
    }

    private void AddInvalid(string part, string entry, Lazy<string> place) =>
        faults.Add($"'{PrintableText.Escape(part)}'{(part == entry ? string.Empty : place.Value)} is neither port@host nor @host nor a license file.");

    private bool IsPath(string text) => environment.FileExists(text) || FilesIn(text, _ => { }).Count > 0;

    // True if the text is a file, or a directory with license files.
    private bool TryAddPath(string text)
    {
        if (environment.FileExists(text))
        {
            AddFile(text);
            return true;
        }

        int before = faults.Count;
        IReadOnlyList<string> files = FilesIn(text, faults.Add);
        foreach (string file in files)
        {
            AddFile(file);
        }

        return files.Count > 0 || faults.Count > before;
    }

    private IReadOnlyList<string> FilesIn(string text, Action<string> report)
    {
        try
        {
            return environment.LicenseFilesIn(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            report($"The directory '{PrintableText.Escape(text)}' can't be read: {exception.Message}");
            return [];
        }
    }

    // The SERVER lines: one, or the three of a triad.
    private void AddFile(string path)
    {
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
        else if (nodes.Length == TriadSize)
        {
            servers.Add(FromFile(nodes));
        }
        else
        {
            servers.AddRange(nodes.Select(node => FromFile(node)));
        }

        FlexLmServerAddress FromFile(params FlexLmNode[] of)
        {
            FlexLmServerAddress server = FlexLmServerAddress.Of(of);
            server.FoundIn = $"the SERVER lines of {PrintableText.Escape(path)}";
            return server;
        }
    }

    // License Administration Guide, "SERVER Lines": this_host stands for the host where the file is.
    private static bool IsThisHost(string host) => string.Equals(host, "this_host", StringComparison.OrdinalIgnoreCase);
}
