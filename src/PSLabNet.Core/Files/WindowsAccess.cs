using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace PSLabNet.Files;

/// <summary>Who may do what with a file on Windows, as its access control list says it. .NET Standard has it in a package only.</summary>
internal static class WindowsAccess
{
    // winnt.h: DACL_SECURITY_INFORMATION
    private const uint AccessList = 0x4;

    // winnt.h, SECURITY_DESCRIPTOR_RELATIVE: the control word, 2 bytes, little-endian.
    private const int ControlOffset = 2;
    private const int AutoInherited = 0x0400;
    private const int AutoInheritRequested = 0x0100;

    // Hidden and System; a file that is read-only is not replaced at all.
    private const FileAttributes KeptAttributes = FileAttributes.Hidden | FileAttributes.System;

    /// <summary>Gives a file the access control list and the attributes of another one.</summary>
    /// <exception cref="IOException">The list can't be kept.</exception>
    public static void Copy(string from, string to)
    {
        byte[] list = Read(from);

        // Files of one folder mostly have the same list, which they inherit.
        if (!list.SequenceEqual(Read(to)))
        {
            Write(to, list);
        }

        FileAttributes attributes = File.GetAttributes(from) & KeptAttributes;
        if (attributes != 0)
        {
            File.SetAttributes(to, attributes);
        }
    }

    private static byte[] Read(string path)
    {
        string name = WindowsFile.WithPrefix(path);
        _ = NativeMethods.GetFileSecurity(name, AccessList, null, 0, out int length);
        var list = new byte[length];
        return NativeMethods.GetFileSecurity(name, AccessList, list, list.Length, out _) ? list : throw NotKept(path);
    }

    private static void Write(string path, byte[] list)
    {
        // Entries that come from the folder stay marked as such only if that is requested.
        int control = BitConverter.ToUInt16(list, ControlOffset);
        if ((control & AutoInherited) != 0)
        {
            BitConverter.GetBytes((ushort)(control | AutoInheritRequested)).CopyTo(list, ControlOffset);
        }

        if (!NativeMethods.SetFileSecurity(WindowsFile.WithPrefix(path), AccessList, list))
        {
            throw NotKept(path);
        }
    }

    private static IOException NotKept(string path) => new($"The access control list of '{path}' cannot be kept.");

    private static class NativeMethods
    {
        [DllImport("advapi32.dll", EntryPoint = "GetFileSecurityW", CharSet = CharSet.Unicode, ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GetFileSecurity(string path, uint what, byte[]? descriptor, int size, out int needed);

        [DllImport("advapi32.dll", EntryPoint = "SetFileSecurityW", CharSet = CharSet.Unicode, ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool SetFileSecurity(string path, uint what, byte[] descriptor);
    }
}
