using System;
using System.Collections.Generic;
using System.Management.Automation;
using PSLabNet.Pipeline;

namespace PSLabNet.Parameters;

/// <summary>Paths with wildcards, as PowerShell's own cmdlets take them.</summary>
internal static class FilePaths
{
    /// <summary>The files that the paths name; one that names none is an error, and the others go on.</summary>
    public static IEnumerable<string> ResolveFiles(this LabCmdlet cmdlet, IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            IReadOnlyList<string> files = [];
            try
            {
                string literal = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
                if (provider.Name != "FileSystem")
                {
                    throw new ItemNotFoundException($"'{path}' is not a file: it belongs to the {provider.Name} provider.");
                }

                // What Get-ChildItem gives may have brackets in its name: as wildcards they would name other files, or none.
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
