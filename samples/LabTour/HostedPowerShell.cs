using System;
using System.IO;
using Microsoft.PowerShell;

namespace LabTour;

/// <summary>
/// PowerShell itself, with its console, in this process. Nothing else in this program needs its assemblies, so the other
/// commands start without them.
/// </summary>
internal static class HostedPowerShell
{
    private const string ManifestName = "PSLabNet.psd1";

    /// <summary>Runs Tour.ps1.</summary>
    /// <returns>0 if the tour succeeded, 130 after Ctrl-C, otherwise 1.</returns>
    public static int RunTour()
    {
        // PowerShell itself returns 0 for a script that Ctrl-C ended.
        bool isInterrupted = false;
        Console.CancelKeyPress += (_, _) => isInterrupted = true;
        int exitCode = Run("Tour.ps1", "-NonInteractive");
        return isInterrupted ? Program.Interrupted : exitCode;
    }

    /// <summary>Runs Shell.ps1, and then the user's input.</summary>
    /// <returns>The exit code that the user set.</returns>
    public static int RunShell() => Run("Shell.ps1", "-NoExit");

    private static int Run(string script, string mode)
    {
        // The tour must not leave this machine: PowerShell would send telemetry and look for updates.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");

        // -ExecutionPolicy is for Windows, where scripts of a checkout may not run by default.
        return ConsoleShell.Start(
            string.Empty,
            string.Empty,
            ["-NoLogo", "-NoProfile", mode, "-ExecutionPolicy", "Bypass", "-File", Path.Combine(AppContext.BaseDirectory, script), FindManifest()]);
    }

    // The module of this checkout, for any configuration of this program.
    private static string FindManifest()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, ManifestName);
            if (File.Exists(manifest))
            {
                return manifest;
            }
        }

        throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} has {ManifestName}.");
    }
}
