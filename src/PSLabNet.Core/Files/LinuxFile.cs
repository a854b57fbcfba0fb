using System;
using System.IO;
using System.Runtime.InteropServices;

namespace PSLabNet.Files;

/// <summary>
/// Kind, owner and access control list of a file on Linux. Other systems have other calls for them, so the results are
/// unknown there.
/// </summary>
internal static class LinuxFile
{
    // statx(2): the fields have the same offsets on every processor. Offsets in bytes, numbers in the byte order of the
    // processor.
    private const int StatusSize = 256;
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;
    private const int CurrentFolder = -100;
    private const uint BasicFields = 0x7FF;

    // The write bits of owner, group and others (inode(7)).
    private const int WriteBits = 0x92;

    // access(2)
    private const int WriteAccess = 2;

    // acl(5)
    private const string AccessList = "system.posix_acl_access";
    private const int LongestAccessList = 65536;

    /// <summary>Returns the kind, the permissions and the owner of a file.</summary>
    /// <returns>Null if there is no file, or the system does not support the call.</returns>
    public static LinuxFileStatus? TryStatus(string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            return null;
        }

        var status = new byte[StatusSize];
        try
        {
            if (NativeMethods.Statx(CurrentFolder, path, 0, BasicFields, status) != 0)
            {
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }

        return new LinuxFileStatus(
            BitConverter.ToUInt16(status, ModeOffset), BitConverter.ToUInt32(status, OwnerOffset), BitConverter.ToUInt32(status, GroupOffset));
    }

    /// <summary>
    /// True if nobody may write the file, or this account cannot. .NET uses the bits for others, even if an administrator
    /// writes the file of another account.
    /// </summary>
    /// <returns>Null if the system does not support the call.</returns>
    public static bool? IsReadOnly(string path) =>
        TryStatus(path) is { } status ? (status.Mode & WriteBits) == 0 || NativeMethods.Access(path, WriteAccess) != 0 : null;

    /// <summary>
    /// Copies the owner, the group and the access control list of one file to another, as far as the account is allowed to:
    /// only an administrator may change the owner, and members may set their group.
    /// </summary>
    public static void CopyOwnerAndAccess(string from, string to)
    {
        if (TryStatus(from) is not { } wanted || TryStatus(to) is not { } present)
        {
            return;
        }

        const uint Unchanged = uint.MaxValue;
        if (wanted.Group != present.Group)
        {
            _ = NativeMethods.Chown(to, Unchanged, wanted.Group);
        }

        if (wanted.Owner != present.Owner)
        {
            _ = NativeMethods.Chown(to, wanted.Owner, Unchanged);
        }

        var list = new byte[LongestAccessList];
        long length = (long)NativeMethods.GetAttribute(from, AccessList, list, (UIntPtr)list.Length);
        if (length > 0 && NativeMethods.SetAttribute(to, AccessList, list, (UIntPtr)length, 0) != 0)
        {
            throw new IOException($"The access control list of '{from}' cannot be kept.");
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "access", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Access([MarshalAs(UnmanagedType.LPStr)] string path, int mode);

        [DllImport("libc", EntryPoint = "statx", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPStr)] string path, int flags, uint fields, byte[] status);

        [DllImport("libc", EntryPoint = "chown", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Chown([MarshalAs(UnmanagedType.LPStr)] string path, uint owner, uint group);

        [DllImport("libc", EntryPoint = "getxattr", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern IntPtr GetAttribute([MarshalAs(UnmanagedType.LPStr)] string path, [MarshalAs(UnmanagedType.LPStr)] string name, byte[] value, UIntPtr size);

        [DllImport("libc", EntryPoint = "setxattr", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int SetAttribute([MarshalAs(UnmanagedType.LPStr)] string path, [MarshalAs(UnmanagedType.LPStr)] string name, byte[] value, UIntPtr size, int flags);
    }
}

/// <summary>Status of a file.</summary>
/// <param name="Mode">Kind and permissions (inode(7)).</param>
/// <param name="Owner">Number of the user.</param>
/// <param name="Group">Number of the group.</param>
internal sealed record LinuxFileStatus(int Mode, uint Owner, uint Group)
{
    private const int KindMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>False for a folder, a device, a pipe or a socket.</summary>
    public bool IsRegular => (Mode & KindMask) == RegularFile;
}
