using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSLabNet.Files;

/// <summary>What .NET Standard does not say of files on Windows.</summary>
internal static class WindowsFile
{
    private const int LongestPath = 32768;
    private const string Share = @"\\";
    private const string LongPrefix = @"\\?\";
    private const string LongShare = @"\\?\UNC\";

    /// <summary>The file that a symbolic link leads to; the path itself if it is not a link, or the target is missing.</summary>
    public static string TargetOf(string path)
    {
        if (!File.Exists(path) || (File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0)
        {
            return path;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var target = new char[LongestPath];
        uint length = NativeMethods.GetFinalPathName(file.SafeFileHandle, target, (uint)target.Length, 0);
        return length == 0 || length >= target.Length ? path : WithoutPrefix(new string(target, 0, (int)length));
    }

    /// <summary>Gives a file the name of another one, which it replaces in one step; returns when that is on the disk.</summary>
    /// <returns>0, or the error number of Windows.</returns>
    public static int Move(string from, string to)
    {
        // winbase.h
        const uint ReplaceExisting = 0x1;
        const uint WriteThrough = 0x8;
        return NativeMethods.MoveFile(WithPrefix(from), WithPrefix(to), ReplaceExisting | WriteThrough) ? 0 : Marshal.GetLastWin32Error();
    }

    /// <summary>The path in the form that Windows takes at any length; without it, 259 characters are the most.</summary>
    internal static string WithPrefix(string path)
    {
        string full = Path.GetFullPath(path);
        return full.StartsWith(LongPrefix, StringComparison.Ordinal) ? full
            : full.StartsWith(Share, StringComparison.Ordinal) ? LongShare + full.Substring(Share.Length)
            : LongPrefix + full;
    }

    private static string WithoutPrefix(string path) =>
        path.StartsWith(LongShare, StringComparison.Ordinal) ? Share + path.Substring(LongShare.Length)
        : path.StartsWith(LongPrefix, StringComparison.Ordinal) ? path.Substring(LongPrefix.Length)
        : path;

    private static class NativeMethods
    {
        [DllImport("kernel32.dll", EntryPoint = "GetFinalPathNameByHandleW", CharSet = CharSet.Unicode, ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern uint GetFinalPathName(SafeFileHandle file, [Out] char[] path, uint size, uint flags);

        [DllImport("kernel32.dll", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool MoveFile(string from, string to, uint flags);
    }
}
