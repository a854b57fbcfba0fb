using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Comparison;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Settings;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.IcePap;

/// <content>What the command does with the requests of the whole pipeline: read, plan, send, read back.</content>
public sealed partial class SetIcePapNetworkCommand
{
    private const int ReadRetry = 3;

    // Time for a second device with the same MAC address to answer after the first.
    private static readonly TimeSpan LateAnswers = TimeSpan.FromSeconds(0.2);

    // Errors of single devices. With -ErrorAction Stop, the first one stops the sending. It is written at the very end,
    // because nothing can be written after it. The updates that were already sent are still read back and reported.
    private readonly List<(Exception Exception, MacAddress Target)> held = [];

    private bool StopsOnError =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? bound) ? bound : GetVariableValue("ErrorActionPreference")) is ActionPreference.Stop;

    private void Run(IcePapSession session)
    {
        IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> merged = MergedSettings.Of(requests, Log);
        var timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        var timing = new IcePapTiming(timeout, ReadRetry);
        DeviceInventory present = ReadPresent(session, timing, merged);
        merged = AddressOrder.Of(merged, present.Devices);
        var addresses = new AddressPlan(present.Devices, merged);
        var foreign = new ForeignHosts(new NetworkProbes(HostInterfaces, timeout), present.Devices);
        AskForeign(foreign, present, merged);
        var exchange = new AddressExchange(session, timeout);
        var sent = new List<IcePapPlannedUpdate>();
        int done = 0;
        using (ShowProgress(elapsed => WorkProgress.OfParts($"{done} of {merged.Count} devices", done, merged.Count, elapsed)))
        {
            foreach ((MacAddress target, IcePapSettings settings) in merged)
            {
                Update(target, settings);
                done++;
                if (held.Count > 0)
                {
                    break;
                }
            }

            // After an error that stops the sending, those that are left keep their addresses.
            foreach ((MacAddress target, _) in merged.Skip(done))
            {
                Keep(present.TryGet(target, out IcePapDevice? device) ? device : null, null);
            }
        }

        Finish(session, timing, sent, exchange, Keep);
        held.Skip(1).ToList().ForEach(error => Log.Warning(error.Exception.Message));
        held.Take(1).ToList().ForEach(error => WriteFailure(error.Exception, error.Target));

        void Update(MacAddress target, IcePapSettings settings)
        {
            IcePapDevice? device = null;
            IcePapPlannedUpdate? update = null;
            try
            {
                device = present.TryGet(target, out IcePapDevice? found) ? found : throw new IcePapNotFoundException(target);
                present.ThrowIfDuplicate(target);
                IcePapSettings complete = settings;
                if (FromDns)
                {
                    complete = AskDns(settings, device, timeout);
                    addresses.Assign(target, complete.IPAddress ?? device.IPAddress);
                }

                if (Plan(device, complete, addresses, foreign, exchange) is { } planned && PlanAgain(session, planned, complete, timeout) is { } checkedUpdate)
                {
                    update = checkedUpdate;
                    Pump(token => session.UpdateAsync(update, timeout, token));
                    sent.Add(update);
                    exchange.Add(update);
                }
                else if (!isPreview)
                {
                    Keep(device, null);
                }
            }
            catch (Exception e) when (e is IcePapException or IcePapNetworkException)
            {
                Fail(e, target);
                Keep(device, e is IcePapNoAcknowledgementException ? update : null);
            }
        }

        // A device did not get its update, so whoever took its address has to give it back.
        void Keep(IcePapDevice? device, IcePapPlannedUpdate? unanswered)
        {
            if (device is null || !addresses.Leaves(device))
            {
                return;
            }

            IReadOnlyList<IcePapAddressConflictException> conflicts = [];
            Pump(async token => conflicts = await exchange.KeepAsync(device, unanswered, token).ConfigureAwait(false));
            foreach (IcePapAddressConflictException conflict in conflicts)
            {
                Fail(conflict, conflict.Device);
            }
        }
    }

    private void Fail(Exception exception, MacAddress target)
    {
        if (StopsOnError)
        {
            held.Add((exception, target));
        }
        else
        {
            WriteFailure(exception, target);
        }
    }

    // Before an address is given, the network is heard until it is quiet: a slow device may have that address. Where no address
    // changes, all devices of the plan are enough.
    private DeviceInventory ReadPresent(IcePapSession session, IcePapTiming timing, IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> merged)
    {
        DeviceInventory? inventory = null;
        Dictionary<MacAddress, IcePapSettings> missing = merged.ToDictionary(request => request.Target, request => request.Settings);
        bool givesAddress = FromDns;
        var search = new SearchProgress();
        using IDisposable shown = ShowProgress(elapsed => search.Progress(elapsed, timing.Quiet));
        Pump(async token =>
        {
            inventory = await session.DiscoverAsync(timing, Found, () => missing.Count == 0 && !givesAddress, token).ConfigureAwait(false);
            if (missing.Count == 0 && !givesAddress)
            {
                await session.AddLateAnswersAsync(inventory, LateAnswers, token).ConfigureAwait(false);
            }
        });
        return inventory!;

        void Found(IcePapDevice device)
        {
            search.Found();
            givesAddress |= missing.TryGetValue(device.MacAddress, out IcePapSettings? settings) && settings.ChangesFor(device).IPAddress is not null;
            SeenDevices.Add(device);
            missing.Remove(device.MacAddress);
        }
    }

    // All new addresses at once, since an address that nobody has takes a second.
    private void AskForeign(ForeignHosts foreign, DeviceInventory present, IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> merged)
    {
        HashSet<IPAddress> taken = [.. present.Devices.Select(device => device.IPAddress)];
        IPAddress[] given =
        [
            .. merged.Where(request => present.TryGet(request.Target, out IcePapDevice? device) && IsAskedFor(device))
                .Select(request => request.Settings.IPAddress).OfType<IPAddress>().Where(address => !taken.Contains(address)),
        ];
        Pump(token => foreign.AskAsync(given, token));
    }

    private void Finish(IcePapSession session, IcePapTiming timing, List<IcePapPlannedUpdate> sent, AddressExchange exchange, Action<IcePapDevice, IcePapPlannedUpdate?> keep)
    {
        ILookup<bool, IcePapPlannedUpdate> byReboot = sent.Where(exchange.Stands).ToLookup(update => update.Reboots);
        var verifier = new SettingsVerifier(session, NoVerify ? [] : byReboot[false]);
        var rebooted = new SettingsVerifier(session, Wait ? byReboot[true] : []) { RebootLimit = TimeSpan.FromSeconds(RebootSeconds) };
        if (!verifier.IsEmpty)
        {
            Pump(token => verifier.ReadAsync(timing, token));
        }

        if (!rebooted.IsEmpty)
        {
            int away = sent.Count;
            using IDisposable shown = ShowProgress(elapsed =>
                WorkProgress.OfTime($"Waiting for {away} device(s) to come back after the reboot", elapsed, rebooted.RebootLimit - elapsed));
            Pump(token => rebooted.AwaitRebootAsync((missing, _) => Post(() => away = missing), token));
        }

        // A device that kept its address takes back the update of another one, so nothing is written before all are compared.
        var now = new Dictionary<IcePapPlannedUpdate, IcePapDevice>();
        foreach (IcePapPlannedUpdate update in sent.Where(exchange.Stands))
        {
            try
            {
                now[update] = verifier.Covers(update) ? verifier.Verify(update)
                    : rebooted.Covers(update) ? rebooted.Verify(update)
                    : update.Outcome;
            }
            catch (IcePapVerificationException e)
            {
                Fail(e, e.Device);
                exchange.Remove(update);
                keep(update.Device, e.Found is null ? update : null);
            }
        }

        if (PassThru)
        {
            foreach (IcePapPlannedUpdate update in sent.Where(update => exchange.Stands(update) && now.ContainsKey(update)))
            {
                WriteObject(now[update]);
            }
        }
    }
}
