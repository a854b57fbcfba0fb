using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Servers;

/// <summary>
/// Finds the servers that are configured on this machine: <c>LM_LICENSE_FILE</c> and <c>VENDOR_LICENSE_FILE</c> variables,
/// on Windows the registry keys of FlexLM, elsewhere <c>~/.flexlmrc</c>.
/// </summary>
public static class FlexLmConfiguredServers
{
    private const string General = "LM_LICENSE_FILE";
    private const string Suffix = "_LICENSE_FILE";
    private const string FileName = ".flexlmrc";

    /// <summary>Looks in all places on this machine.</summary>
    /// <returns>The servers, and the places.</returns>
    public static FlexLmServerListResult Find() => Find(FlexLmEnvironment.Current);

    /// <summary>Looks in all places.</summary>
    /// <param name="environment">The machine.</param>
    /// <returns>The servers, and the places.</returns>
    internal static FlexLmServerListResult Find(FlexLmEnvironment environment)
    {
        var looked = new List<string>();
        var lists = new List<ConfiguredList>();
        Take("environment variables LM_LICENSE_FILE and *_LICENSE_FILE", name => $"the environment variable {name}", [.. environment.Variables], lists, looked);
        var faults = new List<string>();
        if (environment.IsWindows)
        {
            foreach (FlexLmRegistryKey key in environment.ReadRegistry())
            {
                Take($"registry key {key.Name}", name => $@"the registry value {key.Name}\{name}", key.Values, lists, looked);
            }
        }
        else
        {
            string path = Path.Combine(environment.HomeDirectory, FileName);
            Take($"file {path}", name => $"{name} in the file {path}", ReadFile(path, environment, faults), lists, looked);
        }

        var servers = new List<FlexLmServerAddress>();
        foreach (ConfiguredList list in lists)
        {
            FlexLmServerListResult result = FlexLmServerList.Parse(list.Text, environment);
            foreach (FlexLmServerAddress server in result.Servers)
            {
                server.FoundIn = server.FoundIn.Length == 0 ? list.Place : $"{server.FoundIn}, which {list.Place} names";
                servers.Add(server);
            }

            faults.AddRange(result.Faults.Select(fault => $"{list.Name}: {fault}"));
        }

        return new FlexLmServerListResult { Servers = FlexLmServerList.Distinct(servers), Faults = faults, LookedIn = looked };
    }

    private static void Take(
        string place, Func<string, string> describe, IReadOnlyList<KeyValuePair<string, string>> values, List<ConfiguredList> lists, List<string> looked)
    {
        KeyValuePair<string, string>[] found =
        [
            .. values.Where(value => value.Key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && value.Value.Trim().Length > 0)
                .OrderBy(value => !string.Equals(value.Key, General, StringComparison.OrdinalIgnoreCase))
                .ThenBy(value => value.Key, StringComparer.OrdinalIgnoreCase),
        ];
        lists.AddRange(found.Select(value => new ConfiguredList(value.Key, describe(PrintableText.Escape(value.Key)), value.Value)));
        looked.Add(found.Length == 0 ? $"{place}: nothing set" : $"{place}: {string.Join(", ", found.Select(value => value.Key))}");
    }

    private static List<KeyValuePair<string, string>> ReadFile(string path, FlexLmEnvironment environment, List<string> faults)
    {
        var values = new List<KeyValuePair<string, string>>();
        if (environment.HomeDirectory.Length == 0 || !environment.FileExists(path))
        {
            return values;
        }

        try
        {
            using TextReader reader = environment.Open(path);
            while (reader.ReadLine() is { } line)
            {
                int mark = line.IndexOf('=');
                if (mark > 0 && line.TrimStart()[0] != '#')
                {
                    values.Add(new KeyValuePair<string, string>(line.Substring(0, mark).Trim(), line.Substring(mark + 1).Trim()));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path} can't be read: {exception.Message}");
        }

        return values;
    }

    private sealed record ConfiguredList(string Name, string Place, string Text);
}
