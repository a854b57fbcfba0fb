using System;
using System.IO;
using System.Runtime.InteropServices;

namespace PSLabNet.Files;

/// <summary>Finds the file that a path leads to, through symbolic links, and rejects anything that is not a file.</summary>
internal static class FileTarget
{
    // Linux has the same limit (path_resolution(7)).
    private const int MostLinks = 40;

    // Devices and pipes of Windows. GetFullPath also returns this form for names such as NUL.
    private const string WindowsDevice = @"\\.\";

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Finds the file, which need not exist.</summary>
    /// <exception cref="IOException">There is a folder, a device, a pipe or a socket at the path, or links form a circle.</exception>
    public static string Resolve(string path)
    {
        string target = IsWindows ? WindowsFile.TargetOf(path) : FollowLinks(path);
        if (Directory.Exists(target))
        {
            throw new IOException($"'{path}' is a folder, not a file.");
        }

        if (IsWindows ? target.StartsWith(WindowsDevice, StringComparison.Ordinal) : !UnixFile.IsRegularOrMissing(target))
        {
            throw new IOException($"'{path}' is not a regular file but a device, a pipe or a socket.");
        }

        return target;
    }

    /// <summary>Finds the file, which need not exist, and checks that it may be written.</summary>
    /// <exception cref="IOException">There is a folder, a device, a pipe or a socket at the path, or links form a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public static string ResolveWritable(string path)
    {
        string target = Resolve(path);

        // Who may write in a folder may replace what nobody may write there, on all systems but Windows.
        if (File.Exists(target) && (LinuxFile.IsReadOnly(target) ?? (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0))
        {
            throw new UnauthorizedAccessException($"The file '{path}' is read-only.");
        }

        return target;
    }

    private static string FollowLinks(string path)
    {
        string target = path;
        for (int links = 0; UnixFile.ReadLink(target) is { } next; links++)
        {
            if (links == MostLinks)
            {
                throw new IOException($"The symbolic links of '{path}' lead in a circle.");
            }

            target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, next));
        }

        return target;
    }
}
