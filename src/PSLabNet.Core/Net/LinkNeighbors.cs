using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Net;

/// <summary>
/// Which machines on this machine's own subnets have some addresses: the system asks by ARP. No rights are needed: on Linux, a
/// datagram makes the system ask, and its table shows the answer; on Windows, there is a call for it.
/// </summary>
internal static class LinkNeighbors
{
    /// <summary>Maximum number of addresses in one call. The table of Linux has room for 1,024, and other programs need some.</summary>
    public const int Most = 512;

    private const string LinuxTable = "/proc/net/arp";
    private const int CompleteFlag = 0x2;
    private const int DiscardPort = 9;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly char[] Blank = [' '];

    /// <summary>Asks for the hardware address of some addresses.</summary>
    /// <param name="addresses">Addresses on own subnets. Only the first <see cref="Most"/> are asked for.</param>
    /// <param name="limit">How long to wait for answers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The addresses that were asked for, each with the hardware address, or with null if none answered; empty where the system can't tell.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<IReadOnlyDictionary<IPAddress, MacAddress?>> AskAsync(IEnumerable<IPAddress> addresses, TimeSpan limit, CancellationToken cancellationToken)
    {
        IPAddress[] asked = [.. addresses.Distinct().Take(Most)];
        try
        {
            return asked.Length == 0 ? new Dictionary<IPAddress, MacAddress?>()
                : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? await OnWindowsAsync(asked, limit, cancellationToken).ConfigureAwait(false)
                : File.Exists(LinuxTable) ? await OnLinuxAsync(asked, limit, cancellationToken).ConfigureAwait(false)
                : new Dictionary<IPAddress, MacAddress?>();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or DllNotFoundException or EntryPointNotFoundException)
        {
            return new Dictionary<IPAddress, MacAddress?>();
        }
    }

    /// <summary>Reads the table of Linux: "IP address, HW type, Flags, HW address, Mask, Device". Only complete entries count.</summary>
    internal static IEnumerable<(IPAddress Address, MacAddress HardwareAddress)> ReadTable(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] columns = line.Split(Blank, StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length >= 4
                && IPv4.TryParse(columns[0], out IPAddress address)
                && columns[2].StartsWith("0x", StringComparison.Ordinal)
                && int.TryParse(columns[2].Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int flags) && (flags & CompleteFlag) != 0
                && MacAddress.TryParse(columns[3], out MacAddress hardware))
            {
                yield return (address, hardware);
            }
        }
    }

    private static async Task<IReadOnlyDictionary<IPAddress, MacAddress?>> OnLinuxAsync(IPAddress[] asked, TimeSpan limit, CancellationToken cancellationToken)
    {
        Dictionary<IPAddress, MacAddress?> found = asked.ToDictionary(address => address, _ => (MacAddress?)null);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        foreach (IPAddress address in asked)
        {
            try
            {
                socket.SendTo([0], new IPEndPoint(address, DiscardPort));
            }
            catch (SocketException)
            {
                // No route, or a firewall of this machine: nothing will be in the table.
            }
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            foreach ((IPAddress address, MacAddress hardware) in ReadTable(File.ReadLines(LinuxTable)))
            {
                if (found.ContainsKey(address))
                {
                    found[address] = hardware;
                }
            }

            if (clock.Elapsed >= limit || found.Values.All(hardware => hardware is not null))
            {
                return found;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    // The call blocks for some seconds if nobody answers, and can't be stopped. So it has threads of its own.
    private static async Task<IReadOnlyDictionary<IPAddress, MacAddress?>> OnWindowsAsync(IPAddress[] asked, TimeSpan limit, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<IPAddress, MacAddress?>();
        using var work = new BlockingWork<IPAddress>(asked, address =>
        {
            MacAddress? hardware = SendArp(address);
            lock (answers)
            {
                answers[address] = hardware;
            }
        });
        await work.WaitAsync(limit, cancellationToken).ConfigureAwait(false);
        lock (answers)
        {
            return new Dictionary<IPAddress, MacAddress?>(answers);
        }
    }

    private static MacAddress? SendArp(IPAddress address)
    {
        var hardware = new byte[MacAddress.Size];
        int size = hardware.Length;
        return NativeMethods.SendARP(BitConverter.ToInt32(address.GetAddressBytes(), 0), 0, hardware, ref size) == 0 && size == MacAddress.Size
            ? new MacAddress(hardware)
            : null;
    }

    private static class NativeMethods
    {
        [DllImport("iphlpapi.dll", ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int SendARP(int destination, int source, byte[] hardwareAddress, ref int length);
    }
}
