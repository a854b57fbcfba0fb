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
                files = [.. cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider)];
                if (provider.Name != "FileSystem")
                {
                    throw new ItemNotFoundException($"'{path}' is not a file: it is of the {provider.Name} provider.");
                }
            }
            catch (Exception e) when (e is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException)
            {
                cmdlet.WriteError(new ErrorRecord(e, "PSLabNet.PathNotFound", ErrorCategory.ObjectNotFound, path));
                continue;
            }

            foreach (string file in files)
            {
                yield return file;
            }
        }
    }
}
