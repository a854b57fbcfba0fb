using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
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

    // How long a second device with the same MAC address may answer after the first.
    private static readonly TimeSpan LateAnswers = TimeSpan.FromSeconds(0.2);

    // Errors of single devices. With -ErrorAction Stop, the first ends the sending. It is written at the very end, since after it
    // nothing more can be: what was sent before is still read back and reported.
    private readonly List<(Exception Exception, MacAddress Target)> held = [];

    private IReadOnlyList<LocalInterface>? hostInterfaces;

    // Listed once, since the system takes milliseconds for it and a plan can have thousands of devices.
    private IReadOnlyList<LocalInterface> HostInterfaces => hostInterfaces ??= InterfaceSelection.GetAll();

    private bool StopsOnError =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? bound) ? bound : GetVariableValue("ErrorActionPreference")) is ActionPreference.Stop;

    // Whether the user is asked: with -Confirm, or by the preference. -Confirm:$false, as in scheduled tasks, asks nobody.
    private bool CanAsk => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? bound)
        ? bound is SwitchParameter { IsPresent: true }
        : GetVariableValue("ConfirmPreference") is not ConfirmImpact preference || preference is > ConfirmImpact.None and <= ConfirmImpact.High;

    private void Run(IcePapSession session)
    {
        IReadOnlyList<(MacAddress Target, IcePapSettings Settings)> merged = MergedSettings.Of(requests, Log);
        var timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        var timing = new IcePapTiming(timeout, ReadRetry);
        DeviceInventory present = ReadPresent(session, timing);
        var addresses = new AddressPlan(present.Devices, merged);
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
        }

        Finish(session, timing, sent);
        held.Skip(1).ToList().ForEach(error => Log.Warning(error.Exception.Message));
        held.Take(1).ToList().ForEach(error => WriteFailure(error.Exception, error.Target));

        void Update(MacAddress target, IcePapSettings settings)
        {
            try
            {
                IcePapDevice device = present.TryGet(target, out IcePapDevice? found) ? found : throw new IcePapNotFoundException(target);
                present.ThrowIfDuplicate(target);
                IcePapSettings complete = FromDns ? AskDns(settings, device, timeout) : settings;
                if (Plan(device, complete, addresses) is { } planned && PlanAgain(session, planned, complete, timeout) is { } update)
                {
                    Pump(token => session.UpdateAsync(update, timeout, token));
                    sent.Add(update);
                }
            }
            catch (Exception e) when (e is IcePapException or IcePapNetworkException)
            {
                Fail(e, target);
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

    private DeviceInventory ReadPresent(IcePapSession session, IcePapTiming timing)
    {
        DeviceInventory? inventory = null;
        HashSet<MacAddress> missing = [.. requests.Select(request => request.Target)];
        var search = new SearchProgress();
        using IDisposable shown = ShowProgress(elapsed => search.Progress(elapsed, timing.Quiet));
        Pump(async token =>
        {
            inventory = await session.DiscoverAsync(timing, Found, () => missing.Count == 0, token).ConfigureAwait(false);
            await session.AddLateAnswersAsync(inventory, LateAnswers, token).ConfigureAwait(false);
        });
        return inventory!;

        void Found(IcePapDevice device)
        {
            search.Found();
            SeenDevices.Add(device);
            missing.Remove(device.MacAddress);
        }
    }

    private IcePapSettings AskDns(IcePapSettings settings, IcePapDevice device, TimeSpan timeout)
    {
        // Typed, they hold also where the device has them; of an object that is piped in they may be just that.
        var demands = new IcePapSettings
        {
            Netmask = typed.Contains(nameof(Netmask)) ? settings.Netmask : null,
            PrefixLength = typed.Contains(nameof(PrefixLength)) ? settings.PrefixLength : null,
            Gateway = typed.Contains(nameof(Gateway)) ? settings.Gateway : null,
        };
        IReadOnlyList<LocalInterface> interfaces = HostInterfaces;
        IcePapSettings complete = settings;
        Pump(async token => complete = await IcePapDns.CompleteAsync(settings, demands, device, interfaces, timeout, token).ConfigureAwait(false));
        return complete;
    }

    // What is to be sent, or null if nothing is: the device has it, or the user does not want it.
    private IcePapPlannedUpdate? Plan(IcePapDevice device, IcePapSettings settings, AddressPlan addresses)
    {
        if (PlanChecked(device, settings) is not { } update)
        {
            return null;
        }

        if (addresses.FindOther(update) is { } other)
        {
            Log.Warning($"{device} and {other} would both have the IP address {update.Configuration.IPAddress}. Two devices with the same address cannot be reached.");
        }

        string action = Describe(update);
        return ShouldProcess($"Set network of {action}", $"Set the network of {action}?", "Set-IcePapNetwork") ? update : null;
    }

    // Somebody may have changed the device since the plan was shown, so it is read once more right before it is changed.
    private IcePapPlannedUpdate? PlanAgain(IcePapSession session, IcePapPlannedUpdate planned, IcePapSettings settings, TimeSpan timeout)
    {
        IcePapDevice device = planned.Device;
        Pump(async token => device = await session.ReadAsync(planned.Device, timeout, token).ConfigureAwait(false));
        IReadOnlyList<IcePapSettingChange> meanwhile = IcePapSettingChange.Between(planned.Device.Configuration, device.Configuration);
        if (meanwhile.Count == 0)
        {
            return planned;
        }

        if (!CanAsk)
        {
            throw new IcePapChangedMeanwhileException(device.MacAddress, meanwhile);
        }

        return PlanChecked(device, settings) is { } update
            && ShouldContinue($"The device has changed since it was read: {string.Join("; ", meanwhile)}. Set the network of {Describe(update)}?", "Set-IcePapNetwork")
            ? update
            : null;
    }

    private IcePapPlannedUpdate? PlanChecked(IcePapDevice device, IcePapSettings settings)
    {
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

        HostAddresses.ThrowIfGiven(update.ThrowIfInvalid(), HostInterfaces);
        foreach (string warning in update.Warnings)
        {
            Log.Warning($"{device}: {warning}");
        }

        Log.Verbose($"If {device} gets its address by DHCP, a lease can overwrite a static setting later. The protocol does not tell.");
        return update;
    }

    private static string Describe(IcePapPlannedUpdate update)
    {
        string changes = update.IsChange ? string.Join("; ", update.Changes) : "no change, the same settings are sent again" + Broadcast(update);
        return $"{update.Device.MacAddress} ({update.Device.Hostname}): {changes}. Apply: {update.Configuration.Apply}";

        // A broadcast address that the device made itself is no difference, but is sent.
        static string Broadcast(IcePapPlannedUpdate update) => update.Configuration.Broadcast.Equals(update.Device.Broadcast)
            ? string.Empty
            : $"; Broadcast {update.Device.Broadcast} -> {update.Configuration.Broadcast}, unless the device makes its own";
    }

    private void Finish(IcePapSession session, IcePapTiming timing, List<IcePapPlannedUpdate> sent)
    {
        ILookup<bool, IcePapPlannedUpdate> byReboot = sent.ToLookup(update => update.Reboots);
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

        foreach (IcePapPlannedUpdate update in sent)
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
                Fail(e, e.Device);
            }
        }
    }
}
