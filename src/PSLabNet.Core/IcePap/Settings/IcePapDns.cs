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
    /// Looks up the hostname and uses its IPv4 address. Netmask, gateway and broadcast come from the interface of this host
    /// that is in the same subnet. Values in the settings are kept.
    /// </summary>
    /// <param name="settings">The requested settings.</param>
    /// <param name="device">The device; its own name is looked up if the settings contain none.</param>
    /// <param name="interfaces">The interfaces of this host.</param>
    /// <param name="timeout">How long the look-up may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The completed settings.</returns>
    /// <exception cref="IcePapInvalidSettingsException">The name is unknown, or the netmask or gateway cannot be determined.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<IcePapSettings> CompleteAsync(
        IcePapSettings settings, IcePapDevice device, IReadOnlyCollection<LocalInterface> interfaces, TimeSpan timeout, CancellationToken cancellationToken) =>
        CompleteAsync(settings, new IcePapSettings(), device, interfaces, timeout, cancellationToken);

    /// <summary>The same, but some of the settings apply even if they equal the device's present values.</summary>
    /// <param name="settings">The requested settings. A value equal to the device's present value is not a change.</param>
    /// <param name="demands">
    /// The settings (netmask or prefix length, and gateway) that take precedence over the values of this host's interface.
    /// </param>
    /// <param name="device">The device; its own name is looked up if the settings contain none.</param>
    /// <param name="interfaces">The interfaces of this host.</param>
    /// <param name="timeout">How long the look-up may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The completed settings.</returns>
    /// <exception cref="IcePapInvalidSettingsException">The name is unknown, or the netmask or gateway cannot be determined.</exception>
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

        // The resolver would read it as an address in a legacy form: 2130706433 and 0x7f000001 mean 127.0.0.1.
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

        // Networks of this host may be nested. As for a route, the smallest one that is up counts.
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

    /// <summary>Returns the IPv4 address from a look-up, if it completes in time.</summary>
    /// <exception cref="IcePapInvalidSettingsException">The look-up does not complete in time, or returns no IPv4 address.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static async Task<IPAddress> TakeAddressAsync(
        Task<IPAddress[]> lookUp, string hostname, IcePapDevice device, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(lookUp, Task.Delay(timeout, cancellationToken)).ConfigureAwait(false) != lookUp)
        {
            // The resolver cannot be stopped. Its result is no longer used.
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
