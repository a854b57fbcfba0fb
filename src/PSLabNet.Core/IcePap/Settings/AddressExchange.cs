using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.IcePap.Settings;

/// <summary>
/// Addresses that one device of a plan takes over from another. If the other device keeps its address after all, the first one gets
/// its old settings again, or an error says that two devices have one address.
/// </summary>
internal sealed class AddressExchange
{
    private readonly IcePapSession session;
    private readonly TimeSpan timeout;
    private readonly HashSet<IcePapPlannedUpdate> standing = [];
    private readonly Dictionary<IPAddress, List<IcePapPlannedUpdate>> takers = [];
    private readonly Dictionary<IPAddress, Stay> stays = [];

    /// <summary>Starts with no update.</summary>
    /// <param name="session">Reads devices, and sends old settings.</param>
    /// <param name="timeout">How long to wait for an answer or an acknowledgement, over all attempts.</param>
    public AddressExchange(IcePapSession session, TimeSpan timeout)
    {
        this.session = session ?? throw new ArgumentNullException(nameof(session));
        this.timeout = timeout;
    }

    /// <summary>Adds an update that was sent.</summary>
    /// <param name="update">The update.</param>
    public void Add(IcePapPlannedUpdate update)
    {
        standing.Add(update);
        if (update.GivesAddress)
        {
            IPAddress address = update.Configuration.IPAddress;
            if (!takers.TryGetValue(address, out List<IcePapPlannedUpdate>? all))
            {
                takers[address] = all = [];
            }

            all.Add(update);
        }
    }

    /// <summary>Removes an update that the device did not take, as it turned out when it was read back.</summary>
    /// <param name="update">The update.</param>
    public void Remove(IcePapPlannedUpdate update) => standing.Remove(update);

    /// <summary>Whether an update was sent, and is not part of a conflict.</summary>
    /// <param name="update">The update.</param>
    public bool Stands(IcePapPlannedUpdate update) => standing.Contains(update);

    /// <summary>Throws if the new address of an update is one that another device of the plan kept.</summary>
    /// <param name="update">The update, before it is sent.</param>
    /// <param name="cancellationToken">Ends the wait for the other device's answer.</param>
    /// <exception cref="IcePapAddressConflictException">It is.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task ThrowIfKeptAsync(IcePapPlannedUpdate update, CancellationToken cancellationToken)
    {
        if (!update.GivesAddress || !stays.TryGetValue(update.Configuration.IPAddress, out Stay? stay) || stay.Device.MacAddress == update.Device.MacAddress)
        {
            return;
        }

        IPAddress? now = await ReadAddressAsync(stay, cancellationToken).ConfigureAwait(false);
        if (now is null || now.Equals(stay.Device.IPAddress))
        {
            throw new IcePapAddressConflictException(
                update.Device.MacAddress, stay.Device, $"Nothing was sent to {update.Device}: {stay.Device} {(now is null ? "may still have" : "still has")} the IP address {stay.Device.IPAddress}.");
        }
    }

    /// <summary>A device that was to leave its address did not get its update. Whoever has taken the address gives it back.</summary>
    /// <param name="device">The device, as it answered before.</param>
    /// <param name="unanswered">Its update, if it was sent and not answered, so that it may have been taken; null if it was not sent, or was rejected.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    /// <returns>One error for each update that does not stand any more.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<IcePapAddressConflictException>> KeepAsync(IcePapDevice device, IcePapPlannedUpdate? unanswered, CancellationToken cancellationToken)
    {
        var conflicts = new List<IcePapAddressConflictException>();
        var open = new Queue<Stay>([new Stay(device, unanswered)]);
        while (open.Count > 0)
        {
            Stay stay = open.Dequeue();
            stays[stay.Device.IPAddress] = stay;
            foreach (IcePapPlannedUpdate taken in TakersOf(stay.Device))
            {
                IPAddress? now = await ReadAddressAsync(stay, cancellationToken).ConfigureAwait(false);
                if (now is not null && !now.Equals(stay.Device.IPAddress))
                {
                    break;
                }

                standing.Remove(taken);
                string? failure = now is null
                    ? $"{stay.Device.MacAddress} did not acknowledge its new settings, so it is not known which address it has."
                    : await TakeBackAsync(taken, cancellationToken).ConfigureAwait(false);
                conflicts.Add(Conflict(taken, stay.Device, now, failure));
                if (failure is null)
                {
                    // In a ring, a third device may have its old address already.
                    open.Enqueue(new Stay(taken.Device, Unanswered: null));
                }
            }
        }

        return conflicts;
    }

    private static IcePapAddressConflictException Conflict(IcePapPlannedUpdate taken, IcePapDevice other, IPAddress? now, string? failure) => new(
        taken.Device.MacAddress,
        other,
        failure is null
            ? $"{taken.Device} has its old settings again, because {other} still has the IP address {other.IPAddress}."
            : $"{taken.Device.MacAddress} and {other} {(now is null ? "may" : "now")} both have the IP address {other.IPAddress}. {failure} "
                + $"To give the first one its old address: Set-IcePapNetwork {taken.Device.MacAddress} -IPAddress {taken.Device.IPAddress}.");

    // The address that a device has; null if that is not known. An answer does not show what was only written to flash.
    private async Task<IPAddress?> ReadAddressAsync(Stay stay, CancellationToken cancellationToken)
    {
        try
        {
            IcePapDevice now = await session.ReadAsync(stay.Device, timeout, cancellationToken).ConfigureAwait(false);
            return stay.Unanswered is { TakesEffect: false } ? null : now.IPAddress;
        }
        catch (Exception e) when (e is IcePapNotFoundException or IcePapNetworkException)
        {
            return stay.Unanswered is null ? stay.Device.IPAddress : null;
        }
    }

    // The reason why it failed; null if the device has its old settings again.
    private async Task<string?> TakeBackAsync(IcePapPlannedUpdate update, CancellationToken cancellationToken)
    {
        if (update.Reboots)
        {
            return $"{update.Device.MacAddress} was told to reboot, so nothing more was sent to it.";
        }

        try
        {
            await session.UpdateAsync(Undo(update), timeout, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IcePapException or IcePapNetworkException)
        {
            return e is IcePapNoAcknowledgementException && await HasOldAddressAsync(update, cancellationToken).ConfigureAwait(false) ? null : e.Message;
        }
    }

    // Only an acknowledgement may be lost.
    private async Task<bool> HasOldAddressAsync(IcePapPlannedUpdate update, CancellationToken cancellationToken) =>
        await ReadAddressAsync(new Stay(update.Device, update), cancellationToken).ConfigureAwait(false) is { } now && now.Equals(update.Device.IPAddress);

    // Without a hostname that could not be sent; the device keeps its new one then.
    private static IcePapPlannedUpdate Undo(IcePapPlannedUpdate update) => new IcePapSettings
    {
        Hostname = IcePapHostname.IsValid(update.Device.Hostname) ? update.Device.Hostname : null,
        IPAddress = update.Device.IPAddress,
        Netmask = update.Device.Netmask,
        Gateway = update.Device.Gateway,
        Broadcast = update.Device.Broadcast,
        AcceptsOwnBroadcast = true,
        AllowFullLengthHostname = true,
        Apply = update.Configuration.Apply,
    }.PlanFor(update.Outcome);

    private List<IcePapPlannedUpdate> TakersOf(IcePapDevice device) => takers.TryGetValue(device.IPAddress, out List<IcePapPlannedUpdate>? all)
        ? [.. all.Where(update => standing.Contains(update) && update.Device.MacAddress != device.MacAddress)]
        : [];

    /// <summary>A device that has the address that it was to leave.</summary>
    /// <param name="Device">The device, as it answered before.</param>
    /// <param name="Unanswered">Its update, if it was sent and not answered.</param>
    private sealed record Stay(IcePapDevice Device, IcePapPlannedUpdate? Unanswered);
}
