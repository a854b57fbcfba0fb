using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Comparison;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Settings;
using PSLabNet.Net;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.IcePap;

/// <content>What is to be sent to a device: completed, validated, shown to the user, and checked once more right before it is sent.</content>
public sealed partial class SetIcePapNetworkCommand
{
    private IReadOnlyList<LocalInterface>? hostInterfaces;

    // Whether the last update was only shown, because of -WhatIf.
    private bool isPreview;

    // Listed once, since the system takes milliseconds for it and a plan can have thousands of devices.
    private IReadOnlyList<LocalInterface> HostInterfaces => hostInterfaces ??= InterfaceSelection.GetAll();

    // Whether the user is asked: with -Confirm, or by the preference. -Confirm:$false, as in scheduled tasks, asks nobody.
    private bool CanAsk => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? bound)
        ? bound is SwitchParameter { IsPresent: true }
        : GetVariableValue("ConfirmPreference") is not ConfirmImpact preference || preference is > ConfirmImpact.None and <= ConfirmImpact.High;

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
    private IcePapPlannedUpdate? Plan(IcePapDevice device, IcePapSettings settings, AddressPlan addresses, ForeignHosts foreign, AddressExchange exchange)
    {
        isPreview = false;
        if (PlanChecked(device, settings) is not { } update)
        {
            return null;
        }

        Pump(token => exchange.ThrowIfKeptAsync(update, token));

        try
        {
            ThrowIfInUse(update, addresses, foreign);
        }
        catch (IcePapAddressInUseException e) when (Force)
        {
            Log.Warning(e.Reason);
        }

        string action = Describe(update);
        bool isWanted = ShouldProcess($"Set network of {action}", $"Set the network of {action}?", "Set-IcePapNetwork", out ShouldProcessReason reason);
        isPreview = reason == ShouldProcessReason.WhatIf;
        return isWanted ? update : null;
    }

    // A device on loopback is a simulated one. Its address is not used, so nobody else is asked for it.
    private static bool IsAskedFor(IcePapDevice device) => !device.LocalInterface.IsLoopback;

    private void ThrowIfInUse(IcePapPlannedUpdate update, AddressPlan addresses, ForeignHosts foreign)
    {
        IPAddress address = update.Configuration.IPAddress;
        if (addresses.FindOther(update) is { } other)
        {
            throw new IcePapAddressInUseException(update.Device, address, other, isDevice: true);
        }

        if (!update.GivesAddress || !IsAskedFor(update.Device))
        {
            return;
        }

        // It is known already, unless it comes from the name service.
        Pump(token => foreign.AskAsync([address], token));
        if (foreign.On(address) is { } machine)
        {
            throw new IcePapAddressInUseException(update.Device, address, machine, isDevice: false);
        }
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

        // A broadcast address that the device computed itself does not count as a difference, but is sent.
        static string Broadcast(IcePapPlannedUpdate update) => update.Configuration.Broadcast.Equals(update.Device.Broadcast)
            ? string.Empty
            : $"; Broadcast {update.Device.Broadcast} -> {update.Configuration.Broadcast}, unless the device makes its own";
    }
}
