using System;
using System.Collections.Generic;
using PSLabNet.Lab;
using PSLabNet.Lab.Processes;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>A script of this project in a PowerShell of its own.</summary>
internal static class PowerShell
{
    private const string Program = "pwsh";

    /// <summary>Version of the PowerShell there is; null if there is none.</summary>
    public static string? Version { get; } = ChildProcess.Succeeds(Program, "-Version")
        ? ChildProcess.Run(Program, "-NoProfile", "-NonInteractive", "-Command", "[string] $PSVersionTable.PSVersion").Trim()
        : null;

    /// <summary>The manifest of the module.</summary>
    public static string Manifest => Repository.PathOf("PSLabNet.psd1");

    /// <summary>Runs a script.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The lines that it writes.</returns>
    public static IReadOnlyList<string> Run(string script, params string[] arguments) =>
        ChildProcess.Run(Program, ["-NoProfile", "-NonInteractive", "-File", Repository.PathOf("tests", "PSLabNet.Benchmarks", "PowerShell", script), .. arguments])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
