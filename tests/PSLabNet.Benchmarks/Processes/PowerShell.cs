using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>A script of this project in a PowerShell of its own.</summary>
internal static class PowerShell
{
    /// <summary>Version of the PowerShell there is; null if there is none.</summary>
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
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static List<string> Start(string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("pwsh", arguments) { RedirectStandardOutput = true })!;
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? lines : throw new IOException($"pwsh {string.Join(' ', arguments)} failed.");
    }
}
