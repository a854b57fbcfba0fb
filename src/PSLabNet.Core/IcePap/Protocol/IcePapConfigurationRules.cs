using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Protocol;

/// <summary>
/// The rules that a configuration must meet before it is sent. The listener in a device checks nothing: a malformed packet
/// crashes it until somebody logs in, and wrong addresses take the device off the network. Values that the device already
/// has and keeps are not rejected: a device with a wrong gateway can still be renamed.
/// </summary>
internal static class IcePapConfigurationRules
{
    private const IcePapApply KnownFlags = IcePapApply.Reboot | IcePapApply.Dynamic | IcePapApply.Flash;

    /// <summary>The problems of a configuration if the device has none of its values yet, one sentence each.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>Empty if it may be sent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configuration"/> is null.</exception>
    public static IReadOnlyList<string> Check(IcePapConfiguration configuration) => Check(configuration, null).Problems;

    /// <summary>Checks a configuration: problems with values that change, warnings about values that do not change.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="present">The device's present configuration; null if it is unknown; then every value counts as changed.</param>
    /// <returns>No problems if it may be sent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configuration"/> is null.</exception>
    public static IcePapRuleFindings Check(IcePapConfiguration configuration, IcePapConfiguration? present)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        IcePapFields changed = present is null ? IcePapFields.All : configuration.DifferencesFrom(present) | IcePapFields.Apply;
        var findings = new List<(IcePapFields About, string Text)>();
        CheckHostname(configuration, findings);
        if (configuration.Apply == IcePapApply.None || (configuration.Apply & ~KnownFlags) != 0)
        {
            findings.Add((IcePapFields.Apply, "A configuration says what to do with it: Dynamic, Flash, Reboot or several of them."));
        }

        CheckSubnet(configuration, findings);
        return new IcePapRuleFindings(
            [.. findings.Where(finding => (finding.About & changed) != 0).Select(finding => finding.Text)],
            [.. findings.Where(finding => (finding.About & changed) == 0).Select(finding => finding.Text)]);
    }

    private static void CheckHostname(IcePapConfiguration configuration, List<(IcePapFields About, string Text)> findings)
    {
        if (!IcePapHostname.IsValid(configuration.Hostname))
        {
            findings.Add((IcePapFields.Hostname, IcePapHostname.Explain(configuration.Hostname)));
        }

        // We write the padding, so it counts as part of the packet.
        if (!configuration.IsHostnamePadded)
        {
            findings.Add((IcePapFields.Apply, "The hostname is followed by other bytes than NUL."));
        }
    }

    private static void CheckSubnet(IcePapConfiguration configuration, List<(IcePapFields About, string Text)> findings)
    {
        if (!IPv4Subnet.TryGetPrefixLength(configuration.Netmask, out int prefixLength))
        {
            findings.Add((IcePapFields.Netmask, $"The netmask {configuration.Netmask} is not contiguous: ones must come first, then zeros, as in 255.255.254.0."));
        }
        else if (prefixLength is < 1 or > 30)
        {
            findings.Add((IcePapFields.Netmask, $"The netmask {configuration.Netmask} (/{prefixLength}) leaves no room for a device: prefixes from /1 to /30 do."));
        }
        else
        {
            CheckAddresses(configuration, new IPv4Subnet(configuration.IPAddress, prefixLength), findings);
        }
    }

    private static void CheckAddresses(IcePapConfiguration configuration, IPv4Subnet subnet, List<(IcePapFields About, string Text)> findings)
    {
        CheckHost("IP address", IcePapFields.IPAddress, configuration.IPAddress, subnet, findings);
        if (!subnet.Contains(configuration.Gateway))
        {
            var gatewaySubnet = new IPv4Subnet(configuration.Gateway, subnet.PrefixLength);
            findings.Add((
                IcePapFields.Gateway | IcePapFields.Subnet,
                $"The gateway {configuration.Gateway} is in the network {gatewaySubnet}, the IP address {configuration.IPAddress} in {subnet}: they must be in the same."));
        }
        else if (configuration.Gateway.Equals(configuration.IPAddress))
        {
            findings.Add((IcePapFields.Gateway | IcePapFields.IPAddress, $"The gateway {configuration.Gateway} is the IP address of the device itself."));
        }
        else
        {
            CheckHost("gateway", IcePapFields.Gateway, configuration.Gateway, subnet, findings);
        }

        if (!configuration.Broadcast.Equals(subnet.Broadcast))
        {
            findings.Add((
                IcePapFields.Broadcast | IcePapFields.Subnet,
                $"The broadcast address {configuration.Broadcast} is not the one of {subnet}, which is {subnet.Broadcast}."));
        }
    }

    private static void CheckHost(string what, IcePapFields field, IPAddress address, IPv4Subnet subnet, List<(IcePapFields About, string Text)> findings)
    {
        byte first = address.GetAddressBytes()[0];
        if (first is 0 or 127 or >= 224)
        {
            findings.Add((field, $"The {what} {address} is none that a device can have: it is reserved (0.0.0.0/8, 127.0.0.0/8, 224.0.0.0 and above)."));
        }
        else if (address.Equals(subnet.Network))
        {
            findings.Add((field | IcePapFields.Netmask, $"The {what} {address} is the address of the network {subnet} itself."));
        }
        else if (address.Equals(subnet.Broadcast))
        {
            findings.Add((field | IcePapFields.Netmask, $"The {what} {address} is the broadcast address of {subnet}."));
        }
    }
}
