using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using PSLabNet.Lab;
using PSLabNet.Lab.Processes;

namespace PSLabNet.Benchmarks.Processes;

/// <summary>
/// The PowerShell of <c>.config/dotnet-tools.json</c>. <c>dotnet pwsh</c> is used only to find it: that command starts two
/// processes before the shell, so measured runs start <c>dotnet pwsh.dll</c> directly.
/// </summary>
internal static class PowerShell
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
    private static readonly string[]? HomeAndVersion = Find();

    /// <summary>Version of the PowerShell; null if it is not restored.</summary>
    public static string? Version => HomeAndVersion?[1];

    /// <summary>Why <see cref="Version"/> is null.</summary>
    public static string Missing => "PowerShell is not restored (dotnet tool restore).";

    /// <summary>The manifest of the module.</summary>
    public static string Manifest => Repository.PathOf("PSLabNet.psd1");

    /// <summary>Runs a script of this project in a new PowerShell.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its output lines.</returns>
    /// <exception cref="IOException">The script failed.</exception>
    public static IReadOnlyList<string> Run(string script, params string[] arguments) =>
        Start("-File", [Repository.PathOf("tests", "PSLabNet.Benchmarks", "PowerShell", script), .. arguments]);

    /// <summary>Runs a command in a new PowerShell.</summary>
    /// <inheritdoc cref="Run" path="/returns"/>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static IReadOnlyList<string> RunCommand(string command) => Start("-Command", command);

    private static string[] Start(string kind, params string[] arguments) =>
        HomeAndVersion is { } found ? Start([Path.Combine(found[0], "pwsh.dll")], kind, arguments) : throw new IOException(Missing);

    private static string[] Start(string[] shell, string kind, string[] arguments)
    {
        var start = new ProcessStartInfo(Dotnet, [.. shell, "-NoProfile", "-NonInteractive", kind, .. arguments]) { WorkingDirectory = Repository.Root };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["NO_COLOR"] = "1";
        ChildProcess ended = ChildProcess.RunToEnd(start);
        return ended.ExitCode == 0 && ended.Errors.Length == 0
            ? ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new IOException($"PowerShell {string.Join(' ', arguments)} failed: {ended.Errors.Trim()}");
    }

    private static string[]? Find()
    {
        try
        {
            return Start(["pwsh"], "-Command", ["$PSHOME; [string] $PSVersionTable.PSVersion"]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
