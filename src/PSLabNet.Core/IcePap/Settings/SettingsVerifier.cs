using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Discovery;

namespace PSLabNet.IcePap.Settings;

/// <summary>
/// Asks devices again after an update, all with the same question, until each shows its new settings. An acknowledgement
/// says that a device took the settings, not that they are right.
/// </summary>
internal sealed class SettingsVerifier
{
    /// <summary>How long a device that reboots is waited for where nothing is said. Hardware takes about 45 s.</summary>
    public static readonly TimeSpan DefaultRebootLimit = TimeSpan.FromSeconds(90);

    // While devices reboot they are asked once a round.
    private static readonly IcePapTiming RebootRound = new(TimeSpan.FromSeconds(0.5), 0);

    // One that shows the new settings without having been silent may be about to go down; after so many rounds it is not.
    private const int RoundsBeforeBelief = 20;

    private readonly IcePapSession session;
    private readonly Dictionary<MacAddress, IcePapPlannedUpdate> updates;
    private readonly Dictionary<MacAddress, IcePapDevice> found = [];

    // Updated with each answer: going through all updates for each of ten thousand answers takes too long.
    private readonly HashSet<MacAddress> unshown;

    /// <summary>Prepares for some updates that were sent.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="updates">The updates that were sent, one for each device.</param>
    public SettingsVerifier(IcePapSession session, IEnumerable<IcePapPlannedUpdate> updates)
    {
        this.session = session ?? throw new ArgumentNullException(nameof(session));
        this.updates = (updates ?? throw new ArgumentNullException(nameof(updates))).ToDictionary(update => update.Device.MacAddress);
        unshown = [.. this.updates.Keys];
    }

    /// <summary>The latest answer of each device, as far as it came.</summary>
    public IReadOnlyDictionary<MacAddress, IcePapDevice> Found => found;

    /// <summary>How long devices that reboot are waited for.</summary>
    public TimeSpan RebootLimit { get; init; } = DefaultRebootLimit;

    /// <summary>Whether there is nothing to read back.</summary>
    public bool IsEmpty => updates.Count == 0;

    /// <summary>Asks until all devices show their settings, or the network is quiet.</summary>
    /// <param name="timing">How long to listen and how often to ask.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    public Task ReadAsync(IcePapTiming timing, CancellationToken cancellationToken) =>
        session.ListenAsync(timing, Take, () => unshown.Count == 0, cancellationToken);

    /// <summary>
    /// Asks until all devices are back from their reboot and show their settings, or <see cref="RebootLimit"/> is over. Nothing is
    /// sent again: a device that is slow to go down would reboot twice.
    /// </summary>
    /// <param name="progress">Hears how many devices are still missing, and how long it has taken.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IcePapNetworkException">Nothing can be sent or received.</exception>
    public async Task AwaitRebootAsync(Action<int, TimeSpan> progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var wentDown = new HashSet<MacAddress>();
        HashSet<MacAddress> missing = [.. updates.Keys];
        for (int round = 1; missing.Count > 0 && clock.Elapsed < RebootLimit; round++)
        {
            progress(missing.Count, clock.Elapsed);
            var silent = new HashSet<MacAddress>(missing);
            await session.ListenAsync(RebootRound, Answered, () => silent.Count == 0, cancellationToken).ConfigureAwait(false);
            wentDown.UnionWith(silent);
            missing.RemoveWhere(address =>
                !silent.Contains(address) && !unshown.Contains(address) && (wentDown.Contains(address) || round >= RoundsBeforeBelief));
            if (missing.Count > 0 && silent.Count == 0)
            {
                // All answered at once, so the round was cut short: the next one waits its turn.
                await Task.Delay(RebootRound.Quiet, cancellationToken).ConfigureAwait(false);
            }

            bool Answered(IcePapDevice device)
            {
                _ = Take(device);
                silent.Remove(device.MacAddress);

                // A round has a fixed length, even if something new comes.
                return false;
            }
        }
    }

    /// <summary>Whether this reads back the device of an update.</summary>
    /// <param name="update">The update.</param>
    public bool Covers(IcePapPlannedUpdate update) => updates.ContainsKey((update ?? throw new ArgumentNullException(nameof(update))).Device.MacAddress);

    /// <summary>Throws if a device does not show the settings that were sent. Warns if only its broadcast address differs.</summary>
    /// <param name="update">The update.</param>
    /// <returns>The device as it answered.</returns>
    /// <exception cref="ArgumentException">This was not prepared for an update of that device.</exception>
    /// <exception cref="IcePapVerificationException">It did not answer, or has other settings.</exception>
    public IcePapDevice Verify(IcePapPlannedUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);

        MacAddress address = update.Device.MacAddress;
        if (!updates.ContainsKey(address))
        {
            throw new ArgumentException($"No update of {address} is to be read back.", nameof(update));
        }

        if (!found.TryGetValue(address, out IcePapDevice? device) || !IsShown(update))
        {
            throw new IcePapVerificationException(address, update.Configuration, device);
        }

        if (update.ExplainBroadcast(device) is { } explanation)
        {
            session.Log.Warning(explanation);
        }

        return device;
    }

    // Settings that were only written to flash show after the next start. Until then, the old ones are not a failure.
    private bool IsShown(IcePapPlannedUpdate update) =>
        found.TryGetValue(update.Device.MacAddress, out IcePapDevice? device)
        && (update.IsShownBy(device) || (!update.TakesEffect && IcePapSettingChange.IsAtMostBroadcast(update.Device.Configuration, device.Configuration)));

    // Whether the answer told something new of one of the devices.
    private bool Take(IcePapDevice device)
    {
        if (!updates.TryGetValue(device.MacAddress, out IcePapPlannedUpdate? update))
        {
            return false;
        }

        bool isNew = !found.TryGetValue(device.MacAddress, out IcePapDevice? before) || !before.Configuration.Equals(device.Configuration);
        found[device.MacAddress] = device;
        if (IsShown(update))
        {
            unshown.Remove(device.MacAddress);
        }
        else
        {
            unshown.Add(device.MacAddress);
        }

        return isNew;
    }
}
