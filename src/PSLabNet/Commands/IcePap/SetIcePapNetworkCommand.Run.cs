using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Settings;
using PSLabNet.Net;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.IcePap;

/// <content>What the command does with the requests of the whole pipeline: read, plan, ask the user, send, read back.</content>
public sealed partial class SetIcePapNetworkCommand
{
    private const int ReadRetry = 3;

    private void Run(IcePapSession session)
    {
        var timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        var timing = new IcePapTiming(timeout, ReadRetry);
        DeviceInventory present = ReadPresent(session, timing);
        var addresses = new AddressPlan(present.Devices, requests);
        var sent = new List<IcePapPlannedUpdate>();
        var latest = new Dictionary<MacAddress, IcePapDevice>();
        int done = 0;
        using (ShowProgress(elapsed => WorkProgress.OfParts($"{done} of {requests.Count} devices", done, requests.Count, elapsed)))
        {
            foreach ((MacAddress target, IcePapSettings settings) in requests)
            {
                Update(target, settings);
                done++;
            }
        }

        Finish(session, timing, sent);

        void Update(MacAddress target, IcePapSettings settings)
        {
            try
            {
                IcePapDevice device = latest.TryGetValue(target, out IcePapDevice? updated) ? updated
                    : present.TryGet(target, out IcePapDevice? found) ? found
                    : throw new IcePapNotFoundException(target);
                IcePapPlannedUpdate? update = Plan(device, settings, addresses, timeout);
                if (update is null)
                {
                    return;
                }

                Pump(token => session.UpdateAsync(update, timeout, token));
                sent.Add(update);
                latest[target] = update.Outcome;
            }
            catch (Exception e) when (e is IcePapException or IcePapNetworkException)
            {
                WriteFailure(e, target);
            }
        }
    }

    private DeviceInventory ReadPresent(IcePapSession session, IcePapTiming timing)
    {
        DeviceInventory? inventory = null;
        HashSet<MacAddress> missing = [.. requests.Select(request => request.Target)];
        var search = new SearchProgress();
        using IDisposable shown = ShowProgress(elapsed => search.Progress(elapsed, timing.Quiet));
        Pump(async token => inventory = await session.DiscoverAsync(timing, Found, () => missing.Count == 0, token).ConfigureAwait(false));
        return inventory!;

        void Found(IcePapDevice device)
        {
            search.Found();
            missing.Remove(device.MacAddress);
        }
    }

    // What is to be sent, or null if nothing is: the device has it, or the user does not want it.
    private IcePapPlannedUpdate? Plan(IcePapDevice device, IcePapSettings settings, AddressPlan addresses, TimeSpan timeout)
    {
        if (FromDns)
        {
            IcePapSettings given = settings;

            // Typed, they hold also where the device has them; of an object that is piped in they may be just that.
            var demands = new IcePapSettings
            {
                Netmask = typed.Contains(nameof(Netmask)) ? given.Netmask : null,
                PrefixLength = typed.Contains(nameof(PrefixLength)) ? given.PrefixLength : null,
                Gateway = typed.Contains(nameof(Gateway)) ? given.Gateway : null,
            };
            IReadOnlyList<LocalInterface> interfaces = InterfaceSelection.GetAll();
            Pump(async token => settings = await IcePapDns.CompleteAsync(given, demands, device, interfaces, timeout, token).ConfigureAwait(false));
        }

        IcePapPlannedUpdate update = settings.PlanFor(device);
        if (!update.IsChange && !Force)
        {
            Log.Verbose($"{device} already has these settings. Nothing is sent.");
            if (PassThru)
            {
                WriteObject(device);
            }

            return null;
        }

        update.ThrowIfInvalid();
        foreach (string warning in update.Warnings)
        {
            Log.Warning($"{device}: {warning}");
        }

        if (addresses.FindOther(update) is { } other)
        {
            Log.Warning($"{device} and {other} would both have the IP address {update.Configuration.IPAddress}. Two devices with the same address cannot be reached.");
        }

        string changes = update.IsChange ? string.Join("; ", update.Changes) : "no change, the same settings are sent again";
        string action = $"{device.MacAddress} ({device.Hostname}): {changes}. Apply: {update.Configuration.Apply}";
        return ShouldProcess($"Set network of {action}", $"Set the network of {action}?", "Set-IcePapNetwork") ? update : null;
    }

    private void Finish(IcePapSession session, IcePapTiming timing, List<IcePapPlannedUpdate> sent)
    {
        // Of several updates of one device the last one tells what it must have, and whether it reboots.
        var last = new Dictionary<MacAddress, IcePapPlannedUpdate>();
        sent.ForEach(update => last[update.Device.MacAddress] = update);
        ILookup<bool, IcePapPlannedUpdate> byReboot = sent.ToLookup(update => last[update.Device.MacAddress].Reboots);
        var verifier = new SettingsVerifier(session, NoVerify ? [] : byReboot[false]);
        var rebooted = new SettingsVerifier(session, Wait ? byReboot[true] : []) { RebootLimit = TimeSpan.FromSeconds(RebootSeconds) };
        if (!verifier.IsEmpty)
        {
            Pump(token => verifier.ReadAsync(timing, token));
        }

        if (!rebooted.IsEmpty)
        {
            int away = last.Count;
            using IDisposable shown = ShowProgress(elapsed =>
                WorkProgress.OfTime($"Waiting for {away} device(s) to come back after the reboot", elapsed, rebooted.RebootLimit - elapsed));
            Pump(token => rebooted.AwaitRebootAsync((missing, _) => Post(() => away = missing), token));
        }

        foreach (IcePapPlannedUpdate update in last.Values)
        {
            try
            {
                IcePapDevice device = verifier.Covers(update) ? verifier.Verify(update)
                    : rebooted.Covers(update) ? rebooted.Verify(update)
                    : update.Outcome;
                if (PassThru)
                {
                    WriteObject(device);
                }
            }
            catch (IcePapVerificationException e)
            {
                WriteFailure(e, e.Device);
            }
        }
    }
}
