using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Settings;

/// <summary>Completes settings from a hostname: the address from the name service, the rest from this host's own network.</summary>
internal static class IcePapDns
{
    /// <summary>
    /// Looks the hostname up and takes its IPv4 address; netmask, gateway and broadcast come from the interface of this
    /// host that is in the same subnet. What the settings already name is kept.
    /// </summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="device">The device; its own name is looked up if the settings name none.</param>
    /// <param name="interfaces">The interfaces of this host.</param>
    /// <param name="timeout">How long the look-up may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The completed settings.</returns>
    /// <exception cref="IcePapInvalidSettingsException">The name is not known, or the netmask or gateway can't be told.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<IcePapSettings> CompleteAsync(
        IcePapSettings settings, IcePapDevice device, IReadOnlyCollection<LocalInterface> interfaces, TimeSpan timeout, CancellationToken cancellationToken) =>
        CompleteAsync(settings, new IcePapSettings(), device, interfaces, timeout, cancellationToken);

    /// <summary>The same, where some of the settings hold even if the device has them already.</summary>
    /// <param name="settings">The requested settings. A value equal to the device's present value is not a change.</param>
    /// <param name="demands">Those of them, netmask or prefix length and gateway, that come before what this host's interface has.</param>
    /// <param name="device">The device; its own name is looked up if the settings name none.</param>
    /// <param name="interfaces">The interfaces of this host.</param>
    /// <param name="timeout">How long the look-up may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The completed settings.</returns>
    /// <exception cref="IcePapInvalidSettingsException">The name is not known, or the netmask or gateway can't be told.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<IcePapSettings> CompleteAsync(
        IcePapSettings settings,
        IcePapSettings demands,
        IcePapDevice device,
        IReadOnlyCollection<LocalInterface> interfaces,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);

        ArgumentNullException.ThrowIfNull(demands);

        ArgumentNullException.ThrowIfNull(device);

        ArgumentNullException.ThrowIfNull(interfaces);

        IcePapSettings wishes = settings.ChangesFor(device);
        string hostname = settings.Hostname ?? device.Hostname;
        if (!IcePapHostname.IsValid(hostname))
        {
            throw Invalid(device, IcePapHostname.Explain(hostname));
        }

        // The resolver would take it for an address in one of its old forms: 2130706433 and 0x7f000001 for 127.0.0.1.
        if (IPAddress.TryParse(hostname, out _))
        {
            throw Invalid(device, $"'{hostname}' is a number, which the name service does not look up: give IPAddress.");
        }

        cancellationToken.ThrowIfCancellationRequested();
#pragma warning disable CA2016 // .NET Framework's resolver takes no token; TakeAddressAsync ends the wait on both legs.
        Task<IPAddress[]> lookup = Dns.GetHostAddressesAsync(hostname);
#pragma warning restore CA2016
        IPAddress address = await TakeAddressAsync(lookup, hostname, device, timeout, cancellationToken).ConfigureAwait(false);
        if (wishes.IPAddress is not null && !wishes.IPAddress.Equals(address))
        {
            throw Invalid(device, $"'{hostname}' is {address} in the name service, but IPAddress is {wishes.IPAddress}: leave one of them out.");
        }

        // Networks of this host may lie in each other; as for a route, the smallest one that is up counts.
        LocalInterface? local = interfaces
            .Where(candidate => !candidate.IsLoopback && candidate.Subnet.Contains(address))
            .OrderByDescending(candidate => candidate.IsUp)
            .ThenByDescending(candidate => candidate.PrefixLength)
            .FirstOrDefault();
        IPAddress? netmask = demands.Netmask
            ?? demands.NetmaskByPrefix(device.MacAddress)
            ?? wishes.Netmask
            ?? wishes.NetmaskByPrefix(device.MacAddress)
            ?? local?.Subnet.Netmask;
        if (!IPv4Subnet.TryGetPrefixLength(netmask, out int prefixLength))
        {
            throw Invalid(device, $"'{hostname}' is {address}, which is in the subnet of no interface of this host: give Netmask (or PrefixLength) and Gateway too.");
        }

        var subnet = new IPv4Subnet(address, prefixLength);
        IPAddress? gateway = demands.Gateway
            ?? wishes.Gateway
            ?? (subnet.Contains(local?.Gateway) ? local!.Gateway : null)
            ?? (subnet.Contains(device.Gateway) ? device.Gateway : null);
        if (gateway is null)
        {
            throw Invalid(device, $"'{hostname}' is {address} in {subnet}, where this host knows no gateway: give Gateway too.");
        }

        return settings with
        {
            Hostname = hostname,
            IPAddress = address,
            Netmask = netmask,
            PrefixLength = wishes.PrefixLength,
            Gateway = gateway,
            Broadcast = wishes.Broadcast ?? subnet.Broadcast,
            AcceptsOwnBroadcast = settings.AcceptsOwnBroadcast || wishes.Broadcast is null,
        };
    }

    /// <summary>The IPv4 address that a look-up comes back with, if it does in time.</summary>
    /// <exception cref="IcePapInvalidSettingsException">It does not, or with none.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static async Task<IPAddress> TakeAddressAsync(
        Task<IPAddress[]> lookUp, string hostname, IcePapDevice device, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(lookUp, Task.Delay(timeout, cancellationToken)).ConfigureAwait(false) != lookUp)
        {
            // The resolver can't be stopped. Whatever it comes back with is nobody's concern any more.
            lookUp.Abandon();
            cancellationToken.ThrowIfCancellationRequested();
            throw Invalid(device, FormattableString.Invariant($"Looking up '{hostname}' took longer than {timeout.TotalSeconds:0.#} s."));
        }

        try
        {
            IPAddress[] addresses = await lookUp.ConfigureAwait(false);
            return addresses.FirstOrDefault(candidate => candidate.AddressFamily == AddressFamily.InterNetwork)
                ?? throw Invalid(device, $"'{hostname}' has no IPv4 address in the name service.");
        }
        catch (SocketException e)
        {
            throw Invalid(device, $"'{hostname}' is not known to the name service: {e.Message}");
        }
    }

    private static IcePapInvalidSettingsException Invalid(IcePapDevice device, string problem) => new(device.MacAddress, [problem]);
}
