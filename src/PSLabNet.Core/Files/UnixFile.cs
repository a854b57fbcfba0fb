using System;
using System.Runtime.InteropServices;
using System.Text;

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

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "readlink", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern IntPtr ReadLink([MarshalAs(UnmanagedType.LPStr)] string path, byte[] target, UIntPtr size);
    }
}
