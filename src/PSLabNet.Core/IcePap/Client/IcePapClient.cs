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
/// Finds IcePAP motor controllers, changes their network settings and receives their traffic. Each call opens its own socket
/// and closes it at the end, so several calls can run at the same time.
/// </summary>
public sealed class IcePapClient
{
    /// <summary>Default time that an update waits for its acknowledgement: 2 s.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan TrafficWait = TimeSpan.FromHours(1);

    private readonly IReadOnlyCollection<LocalInterface>? interfaces;
    private readonly ILabLog log;

    /// <summary>Prepares a client. Nothing is opened yet.</summary>
    /// <param name="interfaces">
    /// Where to send and to listen; null for every interface that is up, has an IPv4 address and supports multicast, and
    /// loopback.
    /// </param>
    /// <param name="log">Receives warnings, steps and the bytes that are sent and received; null for no log.</param>
    public IcePapClient(IReadOnlyCollection<LocalInterface>? interfaces = null, ILabLog? log = null)
    {
        this.interfaces = interfaces;
        this.log = log ?? LabLog.None;
    }

    /// <summary>
    /// Sends a request to the whole group, and returns each device once, when it answers. Leave the loop when you have
    /// enough devices.
    /// </summary>
    /// <param name="timing">How long to listen and how often to repeat the request; null for a quiet window of 1 s with one repetition.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>
    /// The devices. The sequence ends when nothing new was received during the quiet window. It throws
    /// <see cref="IcePapNetworkException"/> if nothing can be sent or received.
    /// </returns>
    public AsyncSequence<IcePapDevice> DiscoverAsync(IcePapTiming? timing = null, CancellationToken cancellationToken = default) => new(
        async (devices, token) =>
        {
            using IcePapTransport transport = Open();
            await new IcePapSession(transport, log).DiscoverAsync(timing ?? IcePapTiming.Default, devices.Add, null, token).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Returns every datagram of the group, from any sender, until the loop is left.</summary>
    /// <param name="cancellationToken">Stops listening.</param>
    /// <returns>
    /// The datagrams, packets or not. The sequence does not end by itself; it throws <see cref="IcePapNetworkException"/> if
    /// nothing can be received. If the loop is slower than the network, up to 48 MiB of datagrams wait; then the oldest are
    /// dropped with a warning. Of a datagram over 1048 bytes, the first 1049 are kept.
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
    /// Sends settings to a device and waits for its acknowledgement. If none arrives, it sends again, three times in all.
    /// With <see cref="IcePapApply.Reboot"/> it does not wait, because the device sends no acknowledgement.
    /// </summary>
    /// <param name="update">The settings, from <see cref="IcePapSettings.PlanFor"/>.</param>
    /// <param name="timeout">How long to wait for the acknowledgement, over all attempts; null for <see cref="DefaultTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the acknowledgement.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="update"/> is null.</exception>
    /// <exception cref="IcePapInvalidSettingsException">The settings must not be sent.</exception>
    /// <exception cref="IcePapNoAcknowledgementException">No acknowledgement arrived in time.</exception>
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
    /// Reads a device after an update and compares its settings: an acknowledgement confirms that a device accepted the
    /// settings, not that they are correct. After a reboot this waits until the device is back, at most 90 s. A different
    /// broadcast address causes a warning and not a failure, because some devices compute their own.
    /// </summary>
    /// <param name="update">The update that was sent.</param>
    /// <param name="timing">How long to listen and how often to repeat the request; null for a quiet window of 2 s with three repetitions.</param>
    /// <param name="cancellationToken">Ends the read.</param>
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
