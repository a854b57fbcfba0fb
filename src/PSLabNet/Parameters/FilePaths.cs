using System;
using System.Collections.Generic;
using System.Management.Automation;
using PSLabNet.Pipeline;

namespace PSLabNet.Parameters;

/// <summary>Paths with wildcards, resolved like those of PowerShell's own cmdlets.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The path for the file system. The file need not exist.</summary>
    /// <exception cref="ItemNotFoundException">The path belongs to another provider.</exception>
    /// <exception cref="DriveNotFoundException">The drive does not exist.</exception>
    /// <exception cref="ProviderNotFoundException">The provider does not exist.</exception>
    public static string ToLiteralFile(this LabCmdlet cmdlet, string path)
    {
        string literal = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == FileSystem
            ? literal
            : throw new ItemNotFoundException($"'{path}' is not a file: it belongs to the {provider.Name} provider.");
    }

    /// <summary>
    /// PowerShell's location in the file system. A constrained endpoint (JEA) may have no FileSystem provider: then it is
    /// the directory of the process.
    /// </summary>
    public static string CurrentDirectory(this LabCmdlet cmdlet)
    {
        try
        {
            return cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        }
        catch (Exception e) when (e is DriveNotFoundException or ProviderNotFoundException)
        {
            return Environment.CurrentDirectory;
        }
    }

    /// <summary>The system's path of a program; the path unchanged if there is no FileSystem provider.</summary>
    public static string ToProgram(this LabCmdlet cmdlet, string path)
    {
        try
        {
            return cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (Exception e) when (e is DriveNotFoundException or ProviderNotFoundException)
        {
            return path;
        }
    }

    /// <summary>The files that match the paths. A path that matches no file is an error; the others are still used.</summary>
    public static IEnumerable<string> ResolveFiles(this LabCmdlet cmdlet, IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            IReadOnlyList<string> files = [];
            try
            {
                string literal = cmdlet.ToLiteralFile(path);

                // A path from Get-ChildItem may contain brackets: as wildcards they would match other files, or none.
                files = System.IO.File.Exists(literal) ? [literal] : [.. cmdlet.GetResolvedProviderPathFromPSPath(path, out _)];
            }
            catch (Exception e) when (e is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException)
            {
                cmdlet.WriteError(ErrorRecords.ToErrorRecord(e, path, ErrorRecords.PathNotFound));
                continue;
            }

            foreach (string file in files)
            {
                yield return file;
            }
        }
    }
}
