using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Settings;

/// <summary>
/// The settings that a user requests for a device. A value that is null, or equal to the device's present value, is not a
/// change. So a caller can pass all values of a device with one setting changed.
/// </summary>
public sealed record IcePapSettings
{
    /// <summary>Name, an RFC 1123 label of at most 23 characters; 24 if <see cref="AllowFullLengthHostname"/>.</summary>
    public string? Hostname { get; init; }

    /// <summary>IPv4 address.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>Contiguous netmask. If <see cref="PrefixLength"/> is set too, the one that differs from the device's value counts.</summary>
    public IPAddress? Netmask { get; init; }

    /// <summary>Prefix length, 1 to 30.</summary>
    public int? PrefixLength { get; init; }

    /// <summary>IPv4 gateway, in the same subnet.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>
    /// Broadcast address. If it is null, it follows the IP address and netmask if they change; otherwise it does not change.
    /// </summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>
    /// Whether <see cref="Hostname"/> may have 24 characters. Such a name fills its field without a NUL at its end, and
    /// firmware of 2007 can append the bytes that follow it in memory.
    /// </summary>
    public bool AllowFullLengthHostname { get; init; }

    /// <summary>
    /// Whether a broadcast address that the device computes is accepted in place of <see cref="Broadcast"/>. Otherwise a
    /// device that ignores the address would be updated again each time.
    /// </summary>
    internal bool AcceptsOwnBroadcast { get; init; }

    /// <summary>What the device does with the settings.</summary>
    public IcePapApply Apply { get; init; } = IcePapApply.Dynamic | IcePapApply.Flash;

    /// <summary>These settings without those that the device already has.</summary>
    /// <param name="device">The device as it answered.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    internal IcePapSettings ChangesFor(IcePapDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);

        return this with
        {
            Hostname = Hostname == device.Hostname ? null : Hostname,
            IPAddress = Unless(device.IPAddress, IPAddress),
            Netmask = Unless(device.Netmask, Netmask),
            PrefixLength = PrefixLength == device.PrefixLength ? null : PrefixLength,
            Gateway = Unless(device.Gateway, Gateway),
            Broadcast = Unless(device.Broadcast, Broadcast),
        };

        static IPAddress? Unless(IPAddress present, IPAddress? wanted) => present.Equals(wanted) ? null : wanted;
    }

    /// <summary>These settings without those that a device already had when it was found, unless the user typed them.</summary>
    /// <param name="found">The device as it answered then.</param>
    /// <param name="typed">Names of the settings that the user typed.</param>
    internal IcePapSettings ChangesSince(IcePapDevice found, ICollection<string> typed)
    {
        IcePapSettings changes = ChangesFor(found);
        return this with
        {
            Hostname = typed.Contains(nameof(Hostname)) ? Hostname : changes.Hostname,
            IPAddress = typed.Contains(nameof(IPAddress)) ? IPAddress : changes.IPAddress,
            Netmask = typed.Contains(nameof(Netmask)) ? Netmask : changes.Netmask,
            PrefixLength = typed.Contains(nameof(PrefixLength)) ? PrefixLength : changes.PrefixLength,
            Gateway = typed.Contains(nameof(Gateway)) ? Gateway : changes.Gateway,
            Broadcast = typed.Contains(nameof(Broadcast)) ? Broadcast : changes.Broadcast,
        };
    }

    /// <summary>
    /// Replaces the device's values with these settings, and validates the result. Values of the device that do not change
    /// are not rejected; <see cref="IcePapPlannedUpdate.Warnings"/> lists the invalid ones.
    /// </summary>
    /// <param name="device">The device as it answered.</param>
    /// <returns>The configuration to send, and its changes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="IcePapNothingToApplyException">No action is requested.</exception>
    /// <exception cref="IcePapInvalidSettingsException">The result is not allowed, and a change was requested.</exception>
    public IcePapPlannedUpdate PlanFor(IcePapDevice device)
    {
        IcePapSettings wishes = ChangesFor(device);
        if (Apply == IcePapApply.None)
        {
            throw new IcePapNothingToApplyException(device.MacAddress);
        }

        wishes.ThrowIfNotIPv4(device.MacAddress);
        if (wishes.Hostname is not null && !IcePapHostname.IsValid(wishes.Hostname))
        {
            throw new IcePapInvalidSettingsException(device.MacAddress, [IcePapHostname.Explain(wishes.Hostname)]);
        }

        if (IcePapHostname.IsFullLength(wishes.Hostname) && !AllowFullLengthHostname)
        {
            throw new IcePapInvalidSettingsException(device.MacAddress, [$"{IcePapHostname.ExplainFullLength(wishes.Hostname!)} Shorten the name, or force it (-Force)."]);
        }

        IcePapConfiguration now = device.Configuration;
        IPAddress netmask = wishes.ChooseNetmask(device);
        IPAddress address = wishes.IPAddress ?? now.IPAddress;
        IcePapConfiguration wanted = new IcePapConfiguration(now.WithPaddedHostname())
        {
            IPAddress = address,
            Netmask = netmask,
            Gateway = wishes.Gateway ?? now.Gateway,
            Broadcast = wishes.ChooseBroadcast(now, address, netmask),
            // A device's MAC address cannot be changed; it remains the address that the device listens on.
            MacAddress = device.MacAddress,
            Apply = Apply,
        };
        var update = new IcePapPlannedUpdate(device, wishes.Hostname is null ? wanted : new IcePapConfiguration(wanted) { Hostname = wishes.Hostname });
        return update.IsChange ? update.ThrowIfInvalid() : update;
    }

    /// <summary>The netmask for the prefix length; null if there is no prefix length.</summary>
    /// <exception cref="IcePapInvalidSettingsException">The prefix leaves no room for a device.</exception>
    internal IPAddress? NetmaskByPrefix(MacAddress device)
    {
        if (PrefixLength is < 1 or > 30)
        {
            throw new IcePapInvalidSettingsException(device, [FormattableString.Invariant($"A prefix length of {PrefixLength} leaves no room for a device: 1 to 30 do.")]);
        }

        return PrefixLength is { } length ? IPv4Subnet.NetmaskOf(length) : null;
    }

    /// <summary>The netmask for the prefix length; null if there is none that a device can have.</summary>
    internal IPAddress? NetmaskOfPrefix => PrefixLength is { } length and >= 1 and <= 30 ? IPv4Subnet.NetmaskOf(length) : null;

    private void ThrowIfNotIPv4(MacAddress device)
    {
        foreach (IPAddress? address in new[] { IPAddress, Netmask, Gateway, Broadcast })
        {
            if (address is not null and not { AddressFamily: AddressFamily.InterNetwork })
            {
                throw new IcePapInvalidSettingsException(device, [$"{address} is not an IPv4 address, and the protocol knows no other."]);
            }
        }
    }

    // The address in the settings, or else the one that fits a new IP address or netmask; otherwise it does not change.
    private IPAddress ChooseBroadcast(IcePapConfiguration now, IPAddress address, IPAddress netmask)
    {
        if (!IPv4Subnet.TryGetPrefixLength(netmask, out int prefixLength))
        {
            return Broadcast ?? now.Broadcast;
        }

        IPAddress ofSubnet = new IPv4Subnet(address, prefixLength).Broadcast;
        IPAddress ofOctets = IcePapBroadcast.OfWholeOctets(address, netmask);
        bool follows = !address.Equals(now.IPAddress) || !netmask.Equals(now.Netmask);
        return Broadcast is { } wish && !(AcceptsOwnBroadcast && IsOwn(wish) && (follows || IsOwn(now.Broadcast))) ? wish
            : follows ? ofSubnet
            : now.Broadcast;

        bool IsOwn(IPAddress broadcast) => broadcast.Equals(ofSubnet) || broadcast.Equals(ofOctets);
    }

    private IPAddress ChooseNetmask(IcePapDevice device)
    {
        IPAddress? byPrefix = NetmaskByPrefix(device.MacAddress);
        if (byPrefix is not null && Netmask is not null && !byPrefix.Equals(Netmask))
        {
            throw new IcePapInvalidSettingsException(
                device.MacAddress, [$"The netmask {Netmask} and the prefix length {PrefixLength} ({byPrefix}) contradict each other."]);
        }

        return Netmask ?? byPrefix ?? device.Netmask;
    }
}
