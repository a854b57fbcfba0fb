using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using PSLabNet.Text;

namespace PSLabNet.Net;

/// <summary>Finds the programs that hold a UDP port, for the message about a port in use. Never fails; the result may be empty.</summary>
internal static class UdpPortOwner
{
    private static readonly string[] LinuxTables = ["/proc/net/udp", "/proc/net/udp6"];
    private static readonly char[] Blank = [' '];

    /// <summary>The programs that hold the port, as <c>name (process 123)</c>; empty if the system does not report them.</summary>
    public static IReadOnlyList<string> Find(int port)
    {
        try
        {
            IEnumerable<int> processes = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? OnWindows(port)
                : RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? OnLinux(port)
                : [];
            return [.. processes.Distinct().Where(id => id > 0).Select(Name)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException or FormatException)
        {
            return [];
        }
    }

    private static string Name(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            // The name is escaped: a program chooses its own name, and the program may be another user's.
            return string.Format(CultureInfo.InvariantCulture, "{0} (process {1})", PrintableText.Escape(process.ProcessName), id);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return string.Format(CultureInfo.InvariantCulture, "process {0}", id);
        }
    }

    // /proc/net/udp: "sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode ...", addresses in hex.
    private static IEnumerable<int> OnLinux(int port)
    {
        string suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        HashSet<string> sockets = [.. LinuxTables
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(Blank, StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > 9 && columns[1].EndsWith(suffix, StringComparison.Ordinal))
            .Select(columns => $"socket:[{columns[9]}]")];
        if (sockets.Count == 0)
        {
            yield break;
        }

        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Holds(folder, sockets))
            {
                yield return id;
            }
        }
    }

    private static bool Holds(string processFolder, HashSet<string> sockets)
    {
        try
        {
            var target = new byte[64];
            foreach (string link in Directory.EnumerateFileSystemEntries(processFolder + "/fd"))
            {
                long length = (long)NativeMethods.ReadLink(link, target, (UIntPtr)target.Length);
                if (length > 0 && sockets.Contains(System.Text.Encoding.ASCII.GetString(target, 0, (int)length)))
                {
                    return true;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // This process cannot read another user's process, or one that has just ended.
            return false;
        }

        return false;
    }

    // MIB_UDPTABLE_OWNER_PID: a count, then rows of address, port (network order, in the low 16 bits), process.
    private static List<int> OnWindows(int port)
    {
        const int addressFamilyIPv4 = 2;
        const int udpTableOwnerPid = 1;
        const int rowSize = 12;
        var owners = new List<int>();
        int size = 0;
        _ = NativeMethods.GetExtendedUdpTable(IntPtr.Zero, ref size, false, addressFamilyIPv4, udpTableOwnerPid, 0);

        // The table can grow between the two calls. One more page is enough; if it is not, the result is empty.
        size += 4096;
        IntPtr table = Marshal.AllocHGlobal(size);
        try
        {
            if (NativeMethods.GetExtendedUdpTable(table, ref size, false, addressFamilyIPv4, udpTableOwnerPid, 0) != 0)
            {
                return owners;
            }

            int rows = Marshal.ReadInt32(table);
            for (int row = 0; row < rows; row++)
            {
                int offset = 4 + row * rowSize;
                int rowPort = Marshal.ReadByte(table, offset + 4) << 8 | Marshal.ReadByte(table, offset + 5);
                if (rowPort == port)
                {
                    owners.Add(Marshal.ReadInt32(table, offset + 8));
                }
            }

            return owners;
        }
        finally
        {
            Marshal.FreeHGlobal(table);
        }
    }

    private static class NativeMethods
    {
        [DllImport("iphlpapi.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern uint GetExtendedUdpTable(IntPtr table, ref int size, [MarshalAs(UnmanagedType.Bool)] bool order, int addressFamily, int tableClass, uint reserved);

        [DllImport("libc", EntryPoint = "readlink", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern IntPtr ReadLink([MarshalAs(UnmanagedType.LPStr)] string path, byte[] target, UIntPtr size);
    }
}
