using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.IcePap.Transport;
using PSLabNet.Logging;
using PSLabNet.Net;
using PSLabNet.Streams;

namespace PSLabNet.IcePap.Client;

/// <summary>
/// Finds IcePAP motor controllers, changes their network settings and listens to what they say. Each call opens a socket
/// of its own and closes it at its end, so several calls can run at the same time.
/// </summary>
public sealed class IcePapClient
{
    /// <summary>How long an update waits for its acknowledgement where nothing is said: 2 s.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan TrafficWait = TimeSpan.FromHours(1);

    private readonly IReadOnlyCollection<LocalInterface>? interfaces;
    private readonly ILabLog log;

    /// <summary>Prepares a client. Nothing is opened yet.</summary>
    /// <param name="interfaces">
    /// Where to send and to listen; null for every interface that is up, has an IPv4 address and takes multicast, and loopback.
    /// </param>
    /// <param name="log">Receives warnings, steps and the bytes on the wire; null for nobody.</param>
    public IcePapClient(IReadOnlyCollection<LocalInterface>? interfaces = null, ILabLog? log = null)
    {
        this.interfaces = interfaces;
        this.log = log ?? LabLog.None;
    }

    /// <summary>Asks the whole group, and gives each device once, as soon as it answers. Leave the loop when you have enough.</summary>
    /// <param name="timing">How long to listen and how often to ask; null for a quiet window of 1 s with one repetition.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>
    /// The devices. The sequence ends when nothing new came for the quiet window, and throws
    /// <see cref="IcePapNetworkException"/> where nothing can be sent or received.
    /// </returns>
    public AsyncSequence<IcePapDevice> DiscoverAsync(IcePapTiming? timing = null, CancellationToken cancellationToken = default) => new(
        async (devices, token) =>
        {
            using IcePapTransport transport = Open();
            await new IcePapSession(transport, log).DiscoverAsync(timing ?? IcePapTiming.Default, devices.Add, null, token).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Gives every datagram of the group, from whomever it comes, until the loop is left.</summary>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <returns>
    /// The datagrams, packets or not. The sequence does not end by itself; it throws <see cref="IcePapNetworkException"/> where
    /// nothing can be received. While the loop is slower than the network, 48 MiB of datagrams wait, and then the oldest are dropped
    /// with a warning. Of a datagram over 1048 bytes, the first 1049 are kept.
    /// </returns>
    public AsyncSequence<IcePapTraffic> WatchTrafficAsync(CancellationToken cancellationToken = default) => new(
        async (traffic, token) =>
        {
            using IcePapTransport transport = Open(QueueOverflow.DropOldest);
            var drops = new DropReport(transport, log);
            while (true)
            {
                drops.Check();
                if (await transport.ReceiveAsync(TrafficWait, token).ConfigureAwait(false) is { } datagram)
                {
                    traffic.Add(datagram.ToTraffic());
                    await traffic.WaitUntilTakenAsync().ConfigureAwait(false);
                }
            }
        },
        cancellationToken);

    /// <summary>
    /// Sends settings to a device and waits for its acknowledgement; sends again, three times in all, while it stays out.
    /// With <see cref="IcePapApply.Reboot"/> nothing is waited for, since the device acknowledges nothing.
    /// </summary>
    /// <param name="update">The settings, from <see cref="IcePapSettings.PlanFor"/>.</param>
    /// <param name="timeout">How long to wait for the acknowledgement, over all attempts; null for <see cref="DefaultTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the acknowledgement.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="update"/> is null.</exception>
    /// <exception cref="IcePapInvalidSettingsException">The settings must not be sent.</exception>
    /// <exception cref="IcePapNoAcknowledgementException">No acknowledgement came in time.</exception>
    /// <exception cref="IcePapRejectedException">The device acknowledged with an error.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task UpdateAsync(IcePapPlannedUpdate update, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        foreach (string warning in update.Warnings)
        {
            log.Warning($"{update.Device}: {warning}");
        }

        using IcePapTransport transport = Open();
        await new IcePapSession(transport, log).UpdateAsync(update, timeout ?? DefaultTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads a device after an update and compares: an acknowledgement says that a device took the settings, not that they
    /// are right. After a reboot this waits until the device is back, 90 s at most. A broadcast address that reads back otherwise is a
    /// warning and no failure, since some devices make it themselves.
    /// </summary>
    /// <param name="update">The update that was sent.</param>
    /// <param name="timing">How long to listen and how often to ask; null for a quiet window of 2 s with three repetitions.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The device as it answered.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="update"/> is null.</exception>
    /// <exception cref="IcePapVerificationException">The device did not answer, or has other settings.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IcePapDevice> VerifyAsync(IcePapPlannedUpdate update, IcePapTiming? timing = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        using IcePapTransport transport = Open();
        var verifier = new SettingsVerifier(new IcePapSession(transport, log), [update]);
        await (update.Reboots
            ? verifier.AwaitRebootAsync((_, _) => { }, cancellationToken)
            : verifier.ReadAsync(timing ?? IcePapTiming.Thorough, cancellationToken)).ConfigureAwait(false);
        return verifier.Verify(update);
    }

    private IcePapTransport Open(QueueOverflow overflow = QueueOverflow.DropNewest) =>
        IcePapTransport.Open(interfaces ?? IcePapTransport.GetUsableInterfaces(), log, overflow);
}
