using System.Net;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Protocol;

/// <summary>
/// The broadcast address that firmware of 2007 computes. It ignores the address in an update. Instead it uses its IP address
/// with those octets set to 255 that are 0 in the netmask. For netmasks that end between two octets, this is not the broadcast
/// address of the subnet: 172.24.154.40 with 255.255.254.0 has 172.24.154.255 instead of 172.24.155.255.
/// </summary>
internal static class IcePapBroadcast
{
    /// <summary>The broadcast address that such a device has.</summary>
    /// <param name="address">Its IPv4 address.</param>
    /// <param name="netmask">Its netmask, contiguous or not.</param>
    public static IPAddress OfWholeOctets(IPAddress address, IPAddress netmask)
    {
        byte[] octets = address.GetAddressBytes();
        byte[] mask = netmask.GetAddressBytes();
        for (int at = 0; at < octets.Length; at++)
        {
            octets[at] = mask[at] == 0 ? byte.MaxValue : octets[at];
        }

        return OrderedIPAddress.Of(octets);
    }
}
