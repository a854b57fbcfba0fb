using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSLabNet.Files;

/// <summary>What .NET Standard does not say of files on Linux and macOS.</summary>
internal static class UnixFile
{
    private const int LongestPath = 4096;

    /// <summary>The target of a symbolic link, as the link says it.</summary>
    /// <returns>Null if the path is not a symbolic link.</returns>
    public static string? ReadLink(string path)
    {
        var target = new byte[LongestPath];
        int length = (int)NativeMethods.ReadLink(path, target, (UIntPtr)target.Length);
        return length > 0 ? Encoding.UTF8.GetString(target, 0, length) : null;
    }

    /// <summary>False if there is a device, a pipe or a socket.</summary>
    public static bool IsRegularOrMissing(string path) =>
        LinuxFile.TryStatus(path) is not { IsRegular: false };

    /// <summary>Gives a file the name of another one, which it replaces in one step (rename(2)); both are in one folder.</summary>
    /// <exception cref="IOException">The system does not allow it.</exception>
    /// <exception cref="UnauthorizedAccessException">The account must not do it.</exception>
    public static void Rename(string from, string to)
    {
        if (NativeMethods.Rename(from, to) == 0)
        {
            return;
        }

        // .NET fails as the call did, and knows the exception for the reason.
        if (File.Exists(to))
        {
            File.Replace(from, to, null);
        }
        else
        {
            File.Move(from, to);
        }
    }

    /// <summary>Gives up the lock of an open file that .NET has taken (flock(2)).</summary>
    public static void Unlock(SafeFileHandle file)
    {
        const int Unlock = 8;
        _ = NativeMethods.Lock(file, Unlock);
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "rename", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Rename([MarshalAs(UnmanagedType.LPStr)] string from, [MarshalAs(UnmanagedType.LPStr)] string to);

        [DllImport("libc", EntryPoint = "flock")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Lock(SafeFileHandle file, int operation);

        [DllImport("libc", EntryPoint = "readlink", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern IntPtr ReadLink([MarshalAs(UnmanagedType.LPStr)] string path, byte[] target, UIntPtr size);
    }
}
