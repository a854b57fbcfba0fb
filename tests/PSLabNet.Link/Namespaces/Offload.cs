using System;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace PSLabNet.Link.Namespaces;

/// <summary>
/// Switches off the work that a kernel leaves to hardware. A veth has no hardware: its frames have no checksums and may be
/// longer than any real frame, which only other interfaces of the same kernel understand. A raw socket receives them in this
/// form.
/// </summary>
internal static class Offload
{
    private const int NameSize = 16;
    private const uint SetChecksums = 0x17;
    private const uint SetTcpSegmentation = 0x1F;
    private const uint SetGenericSegmentation = 0x24;

    /// <summary>Switches it off for an interface in the namespace of the present thread.</summary>
    /// <param name="name">The interface.</param>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static void Disable(string name)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        foreach (uint setting in new[] { SetTcpSegmentation, SetGenericSegmentation, SetChecksums })
        {
            Set(socket, name, setting);
        }
    }

    // struct ethtool_value { u32 cmd, data }, and struct ifreq { char name[16]; void *data; ... 16 bytes of union }.
    private static void Set(Socket socket, string name, uint setting)
    {
        nint value = Marshal.AllocHGlobal(2 * sizeof(uint));
        nint request = Marshal.AllocHGlobal(NameSize + 24);
        try
        {
            Marshal.WriteInt32(value, (int)setting);
            Marshal.WriteInt32(value, sizeof(uint), 0);
            var bytes = new byte[NameSize + 24];
            Encoding.ASCII.GetBytes(name, bytes.AsSpan(0, NameSize - 1));
            Marshal.Copy(bytes, 0, request, bytes.Length);
            Marshal.WriteIntPtr(request, NameSize, value);
            if (LibC.ioctl(socket.SafeHandle, LibC.SIOCETHTOOL, request) != 0)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            }
        }
        finally
        {
            Marshal.FreeHGlobal(request);
            Marshal.FreeHGlobal(value);
        }
    }
}
