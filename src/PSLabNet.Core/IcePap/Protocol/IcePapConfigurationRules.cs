using System;
using System.Collections.Generic;
using System.Net;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Protocol;

/// <summary>
/// What a configuration must be like to be sent. The listener in a device does no checks of its own: a malformed packet
/// makes it crash until somebody logs in, and wrong addresses take it off the network.
/// </summary>
internal static class IcePapConfigurationRules
{
    private const IcePapApply KnownFlags = IcePapApply.Reboot | IcePapApply.Dynamic | IcePapApply.Flash;

    /// <summary>What is wrong with a configuration, a sentence each.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>Empty if it may be sent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configuration"/> is null.</exception>
    public static IReadOnlyList<string> Check(IcePapConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        var problems = new List<string>();
        if (!IcePapHostname.IsValid(configuration.Hostname))
        {
            problems.Add(IcePapHostname.Explain(configuration.Hostname));
        }
        else if (!configuration.IsHostnamePadded)
        {
            problems.Add("The hostname is followed by other bytes than NUL.");
        }

        if (configuration.Apply == IcePapApply.None || (configuration.Apply & ~KnownFlags) != 0)
        {
            problems.Add("A configuration says what to do with it: Dynamic, Flash, Reboot or several of them.");
        }

        if (!IPv4Subnet.TryGetPrefixLength(configuration.Netmask, out int prefixLength))
        {
            problems.Add($"The netmask {configuration.Netmask} is not contiguous: ones must come first, then zeros, as in 255.255.254.0.");
        }
        else if (prefixLength is < 1 or > 30)
        {
            problems.Add($"The netmask {configuration.Netmask} (/{prefixLength}) leaves no room for a device: prefixes from /1 to /30 do.");
        }
        else
        {
            CheckAddresses(configuration, new IPv4Subnet(configuration.IPAddress, prefixLength), problems);
        }

        return problems;
    }

    private static void CheckAddresses(IcePapConfiguration configuration, IPv4Subnet subnet, List<string> problems)
    {
        CheckHost("IP address", configuration.IPAddress, subnet, problems);
        if (!subnet.Contains(configuration.Gateway))
        {
            var gatewaySubnet = new IPv4Subnet(configuration.Gateway, subnet.PrefixLength);
            problems.Add($"The gateway {configuration.Gateway} is in the network {gatewaySubnet}, the IP address {configuration.IPAddress} in {subnet}: they must be in the same.");
        }
        else
        {
            CheckHost("gateway", configuration.Gateway, subnet, problems);
        }

        if (!configuration.Broadcast.Equals(subnet.Broadcast))
        {
            problems.Add($"The broadcast address {configuration.Broadcast} is not the one of {subnet}, which is {subnet.Broadcast}.");
        }
    }

    private static void CheckHost(string what, IPAddress address, IPv4Subnet subnet, List<string> problems)
    {
        byte first = address.GetAddressBytes()[0];
        if (first is 0 or 127 or >= 224)
        {
            problems.Add($"The {what} {address} is none that a device can have: it is reserved (0.0.0.0/8, 127.0.0.0/8, 224.0.0.0 and above).");
        }
        else if (address.Equals(subnet.Network))
        {
            problems.Add($"The {what} {address} is the address of the network {subnet} itself.");
        }
        else if (address.Equals(subnet.Broadcast))
        {
            problems.Add($"The {what} {address} is the broadcast address of {subnet}.");
        }
    }
}
