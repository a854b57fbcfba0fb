using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.Net;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands;

/// <summary>
/// Set-IcePapNetwork: changes network settings. The devices of the whole pipeline are read with one question and read
/// back with one; in between the updates go out one device after the other.
/// </summary>
[Cmdlet(VerbsCommon.Set, "IcePapNetwork", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(IcePapDevice))]
public sealed class SetIcePapNetworkCommand : LabCmdlet
{
    private const int ReadRetry = 3;

    private readonly List<(MacAddress Target, IcePapSettings Settings)> requests = [];

    /// <summary>The device.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [MacAddressText]
    public MacAddress MacAddress { get; set; }

    /// <summary>Its new name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BlankIsNull]
    [ValidateIcePapHostname]
    public string? Hostname { get; set; }

    /// <summary>Its new IPv4 address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPv4Address]
    public IPAddress? IPAddress { get; set; }

    /// <summary>Its new netmask.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPv4Address]
    [ValidateNetmask]
    public IPAddress? Netmask { get; set; }

    /// <summary>Its new netmask, as the length of the prefix.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BlankIsNull]
    [ValidatePrefixLength]
    public int? PrefixLength { get; set; }

    /// <summary>Its new gateway.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPv4Address]
    public IPAddress? Gateway { get; set; }

    /// <summary>Its new broadcast address; without it, it follows address and netmask.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPv4Address]
    public IPAddress? Broadcast { get; set; }

    /// <summary>What the device does with the settings.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowNull]
    [IcePapApply]
    public IcePapApply Apply { get; set; } = IcePapApply.Dynamic | IcePapApply.Flash;

    /// <summary>Takes the address from the name service and the rest from this host's network.</summary>
    [Parameter]
    public SwitchParameter FromDns { get; set; }

    /// <summary>Interfaces that the devices are on, by name, description or address, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? Interface { get; set; }

    /// <summary>How long a device is waited for: for its answer, and for its acknowledgement.</summary>
    [Parameter]
    [ValidateSeconds]
    [Alias("TimeoutSec")]
    public double TimeoutSeconds { get; set; } = 2.0;

    /// <summary>After a reboot, waits until the device is back with its new settings.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Does not read the settings back.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>Sends the settings also to a device that has them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the device as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add((MacAddress, new IcePapSettings
    {
        Hostname = Hostname,
        IPAddress = IPAddress,
        Netmask = Netmask,
        PrefixLength = PrefixLength,
        Gateway = Gateway,
        Broadcast = Broadcast,
        Apply = Apply,
    }));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // What would do nothing is refused before anything is asked.
        foreach ((MacAddress target, _) in requests.Where(request => request.Settings.Apply == IcePapApply.None))
        {
            WriteFailure(new IcePapNothingToApplyException(target), target);
        }

        requests.RemoveAll(request => request.Settings.Apply == IcePapApply.None);
        if (requests.Count == 0)
        {
            return;
        }

        try
        {
            IReadOnlyList<LocalInterface> interfaces = InterfaceSelection.Select(Interface);
            using IcePapTransport transport = IcePapTransport.Open(interfaces, Log);
            Run(new IcePapClient(transport, Log));
        }
        catch (Exception e) when (e is IcePapNetworkException or InterfaceNotFoundException)
        {
            WriteFailure(e, Interface);
        }
    }

    private void Run(IcePapClient client)
    {
        var timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        var timing = new IcePapTiming(timeout, ReadRetry);
        IcePapCensus present = ReadPresent(client, timing);
        var sent = new List<IcePapPlannedUpdate>();
        var latest = new Dictionary<MacAddress, IcePapDevice>();
        foreach ((MacAddress target, IcePapSettings settings) in requests)
        {
            try
            {
                IcePapDevice device = latest.TryGetValue(target, out IcePapDevice updated) ? updated
                    : present.TryGet(target, out IcePapDevice? found) ? found
                    : throw new IcePapNotFoundException(target);
                IcePapPlannedUpdate? update = Plan(device, settings, timeout);
                if (update is null)
                {
                    continue;
                }

                Pump(token => client.UpdateAsync(update, timeout, token));
                sent.Add(update);
                latest[target] = update.Outcome;
            }
            catch (IcePapException e)
            {
                WriteFailure(e, target);
            }
        }

        Finish(client, timing, sent);
    }

    private IcePapCensus ReadPresent(IcePapClient client, IcePapTiming timing)
    {
        var census = new IcePapCensus(Log);
        HashSet<MacAddress> missing = [.. requests.Select(request => request.Target)];
        Pump(token => client.DiscoverAsync(
            timing,
            device =>
            {
                bool isNew = census.Add(device);
                missing.Remove(device.MacAddress);
                return missing.Count == 0 ? IcePapVerdict.Enough : isNew ? IcePapVerdict.New : IcePapVerdict.Known;
            },
            token));
        return census;
    }

    // What is to be sent, or null if nothing is: the device has it, or the user does not want it.
    private IcePapPlannedUpdate? Plan(IcePapDevice device, IcePapSettings settings, TimeSpan timeout)
    {
        if (FromDns)
        {
            IcePapSettings given = settings;
            IReadOnlyList<LocalInterface> interfaces = LocalInterface.GetAll();
            Pump(async token => settings = await IcePapDns.CompleteAsync(given, device, interfaces, timeout, token).ConfigureAwait(false));
        }

        IcePapPlannedUpdate update = settings.PlanFor(device);
        if (!update.IsChange && !Force)
        {
            Log.Verbose($"{device} already has these settings; nothing is sent.");
            if (PassThru)
            {
                WriteObject(device);
            }

            return null;
        }

        update.ThrowIfInvalid();
        string changes = update.IsChange ? string.Join("; ", update.Changes) : "nothing, the same settings are sent again";
        string action = $"{device.MacAddress} ({device.Hostname}): {changes}. Apply: {update.Configuration.Apply}";
        return ShouldProcess($"Set network of {action}", $"Set the network of {action}?", "Set-IcePapNetwork") ? update : null;
    }

    private void Finish(IcePapClient client, IcePapTiming timing, List<IcePapPlannedUpdate> sent)
    {
        List<IcePapPlannedUpdate> readable = NoVerify ? [] : [.. sent.Where(update => !update.Reboots)];
        List<IcePapPlannedUpdate> awaited = Wait ? [.. sent.Where(update => update.Reboots)] : [];
        var readBack = new IcePapReadBack(client, readable);
        var rebooted = new IcePapReadBack(client, awaited);
        if (readable.Count > 0)
        {
            Pump(token => readBack.ReadAsync(timing, token));
        }

        if (awaited.Count > 0)
        {
            Pump(token => rebooted.AwaitRebootAsync(ShowReboot, token));
            WriteProgress(new ProgressRecord(1, "Set-IcePapNetwork", "Devices are back") { RecordType = ProgressRecordType.Completed });
        }

        foreach (IcePapPlannedUpdate update in sent)
        {
            try
            {
                IcePapDevice device = readable.Contains(update) ? readBack.Verify(update)
                    : awaited.Contains(update) ? rebooted.Verify(update)
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

    private void ShowReboot(int missing, TimeSpan elapsed) => Post(() => WriteProgress(new ProgressRecord(1, "Set-IcePapNetwork", $"Waiting for {missing} device(s) to come back from the reboot")
    {
        SecondsRemaining = (int)(IcePapReadBack.RebootLimit - elapsed).TotalSeconds,
        PercentComplete = (int)(100 * elapsed.TotalSeconds / IcePapReadBack.RebootLimit.TotalSeconds),
    }));
}
