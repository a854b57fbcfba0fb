using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Details;

/// <summary>The address on which a device is asked over TCP.</summary>
internal static class ControllerAddress
{
    private const byte LoopbackOctet = 127;
    private const byte FirstMulticastOctet = 224;

    /// <summary>
    /// The address that the device reported. A device that answered on loopback is a simulated one, and its address may be that of
    /// a real one elsewhere: nothing may leave this machine for it.
    /// </summary>
    /// <param name="device">The device as it answered.</param>
    /// <param name="interfaces">The interfaces of this machine.</param>
    /// <returns>Null if no device can have the address.</returns>
    public static IPAddress? Of(IcePapDevice device, IEnumerable<LocalInterface> interfaces)
    {
        IPAddress address = device.IPAddress;
        byte first = address.GetAddressBytes()[0];
        if (first is 0 or >= FirstMulticastOctet)
        {
            return null;
        }

        bool isOwn = interfaces.Any(local => local.Address.Equals(address) || local.OtherAddresses.Contains(address));
        return !device.LocalInterface.IsLoopback ? (first == LoopbackOctet ? null : address)
            : isOwn ? address
            : OnLoopback(address);
    }

    /// <summary>The address with 127 as its first number. Simulated devices listen on it.</summary>
    public static IPAddress OnLoopback(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        octets[0] = LoopbackOctet;
        return OrderedIPAddress.Of(octets);
    }
}
