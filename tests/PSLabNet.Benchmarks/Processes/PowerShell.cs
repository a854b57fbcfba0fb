using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>A script of this project in a PowerShell of its own: the one of .config/dotnet-tools.json.</summary>
internal static class PowerShell
{
    /// <summary>Version of the PowerShell; null if it is not restored.</summary>
    public static string? Version { get; } = FindVersion();

    /// <summary>Runs a script.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The lines that it writes.</returns>
    public static IReadOnlyList<string> Run(string script, params string[] arguments) =>
        Start(["-NoProfile", "-NonInteractive", "-File", Repository.Script(script), .. arguments]);

    private static string? FindVersion()
    {
        try
        {
            return Start(["-NoProfile", "-NonInteractive", "-Command", "[string] $PSVersionTable.PSVersion"])[0];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static List<string> Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["pwsh", .. arguments]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? lines : throw new IOException($"dotnet pwsh {string.Join(' ', arguments)} failed.");
    }
}
