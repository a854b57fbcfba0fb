using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using PSLabNet.FlexLm.LicenseFiles;

namespace PSLabNet.FlexLm.Servers;

/// <summary>The settings of the machine that decide which license servers are configured. They are a parameter, so the rest is a pure function.</summary>
internal sealed record FlexLmEnvironment
{
    /// <summary>The environment of this process.</summary>
    public static FlexLmEnvironment Current => new()
    {
        IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows),
        HomeDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal),
        ReadRegistry = FlexLmRegistry.Read,
    };

    /// <summary>True if only <c>;</c> separates lists, and the registry is read.</summary>
    public bool IsWindows { get; init; }

    /// <summary>Where <c>.flexlmrc</c> is.</summary>
    public string HomeDirectory { get; init; } = string.Empty;

    /// <summary>Environment variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The registry keys of FlexLM; called on Windows only.</summary>
    public Func<IReadOnlyList<FlexLmRegistryKey>> ReadRegistry { get; init; } = () => [];

    /// <summary>True if there is a file of a path.</summary>
    public Func<string, bool> FileExists { get; init; } = File.Exists;

    /// <summary>The license files in a directory; empty if the path is not a directory.</summary>
    public Func<string, IReadOnlyList<string>> LicenseFilesIn { get; init; } =
        path => Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.lic").OrderBy(file => file, StringComparer.Ordinal)] : [];

    /// <summary>Opens a file that exists.</summary>
    public Func<string, TextReader> Open { get; init; } = FlexLmLicenseFile.Open;

    /// <summary>
    /// The same machine seen from a directory: relative paths start there and not in the directory of the process.
    /// <c>~/</c> is the home directory.
    /// </summary>
    /// <param name="directory">Full path of the directory.</param>
    /// <returns>The environment.</returns>
    public FlexLmEnvironment At(string directory)
    {
        Func<string, bool> fileExists = FileExists;
        Func<string, IReadOnlyList<string>> licenseFilesIn = LicenseFilesIn;
        Func<string, TextReader> open = Open;
        return this with
        {
            FileExists = path => fileExists(Under(directory, path)),
            LicenseFilesIn = path => licenseFilesIn(Under(directory, path)),
            Open = path => open(Under(directory, path)),
        };
    }

    // Text that is not a path stays as it is: .NET Framework throws when it combines such text.
    private string Under(string directory, string path)
    {
        if (path.IndexOfAny(Path.GetInvalidPathChars()) >= 0)
        {
            return path;
        }

        bool isInHome = path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith(@"~\", StringComparison.Ordinal);
        return isInHome ? Path.Combine(HomeDirectory, path.Substring(2)) : Path.Combine(directory, path);
    }
}
