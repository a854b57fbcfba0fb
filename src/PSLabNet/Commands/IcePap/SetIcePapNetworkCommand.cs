using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Net;
using PSLabNet.Parameters;

namespace PSLabNet.Commands.IcePap;

/// <summary>
/// Set-IcePapNetwork: changes network settings. One request reads the devices of the whole pipeline, and another one reads
/// them back. In between, the updates are sent to one device after the other.
/// </summary>
[Cmdlet(VerbsCommon.Set, "IcePapNetwork", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(IcePapDevice))]
public sealed partial class SetIcePapNetworkCommand : IcePapCmdlet
{
    private const IcePapApply DefaultApply = IcePapApply.Dynamic | IcePapApply.Flash;

    private readonly List<(MacAddress Target, IcePapSettings Settings)> requests = [];
    private readonly PlanRows rows = new();
    private HashSet<string> typed = [];

    /// <summary>The device.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [MacAddressText]
    [ArgumentCompleter(typeof(DeviceAddressCompleter))]
    public MacAddress MacAddress { get; set; }

    /// <summary>Its new name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BlankIsNull]
    [DeviceName]
    [ValidateIcePapHostname]
    [ArgumentCompleter(typeof(DeviceHostnameCompleter))]
    public string? Hostname { get; set; }

    /// <summary>Its new IPv4 address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPv4Address]
    public IPAddress? IPAddress { get; set; }

    /// <summary>Its new netmask.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPv4Address]
    public IPAddress? Netmask { get; set; }

    /// <summary>Its new netmask, as a prefix length.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
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
    public IcePapApply Apply { get; set; } = DefaultApply;

    /// <summary>Uses the address from the name service and the other settings from this host's network.</summary>
    [Parameter]
    public SwitchParameter FromDns { get; set; }

    /// <summary>Maximum time to wait for a device's answer and for its acknowledgement.</summary>
    [Parameter]
    [ValidateSeconds]
    [Alias("TimeoutSec")]
    public double TimeoutSeconds { get; set; } = 2.0;

    /// <summary>After a reboot, waits until the device is back with its new settings.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for a device that reboots, in seconds.</summary>
    [Parameter]
    [ValidateSeconds]
    public double RebootSeconds { get; set; } = SettingsVerifier.DefaultRebootLimit.TotalSeconds;

    /// <summary>Does not read the settings back.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>Sends the settings even to a device that already has them, and allows a hostname of 24 characters.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the device with its new state.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The pipeline input. For a device from Find-IcePap, only values that the user changed since then count as changes.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        typed = [.. MyInvocation.BoundParameters.Keys];

        // Only typed values are checked here. A piped device may have a wrong netmask that is to be corrected.
        if (Netmask is not null && !IPv4Subnet.TryGetPrefixLength(Netmask, out _))
        {
            ThrowInvalidArgument(nameof(Netmask), $"The netmask {Netmask} is not contiguous: its ones must come before its zeros, as in 255.255.254.0.");
        }

        if (PrefixLength is < 1 or > 30)
        {
            ThrowInvalidArgument(nameof(PrefixLength), FormattableString.Invariant($"A prefix length of {PrefixLength} leaves no room for a device. Use 1 to 30."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            IcePapSettings settings = ReadSettings(PaddedColumns.Read(InputObject, typed));
            IcePapDevice? found = InputObject?.BaseObject as IcePapDevice ?? (InputObject?.BaseObject as IcePapNetworkState)?.Device;
            requests.Add((MacAddress, found is not null ? settings.ChangesSince(found, typed) : settings));
            rows.Look(InputObject, MacAddress, settings);
        }
        catch (Exception e) when (e is ArgumentTransformationMetadataException or PSInvalidCastException)
        {
            WriteFailure(new IcePapInvalidSettingsException(MacAddress, [e.Message]), MacAddress);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        rows.WarnOfColumns(Log);
        if (!FromDns && !Force)
        {
            rows.WarnOfNothing(Log);
        }

        // Requests without any effect are rejected before any device is queried.
        foreach ((MacAddress target, _) in requests.Where(request => request.Settings.Apply == IcePapApply.None))
        {
            WriteFailure(new IcePapNothingToApplyException(target), target);
        }

        requests.RemoveAll(request => request.Settings.Apply == IcePapApply.None);
        if (requests.Count > 0)
        {
            TryUseTransport(transport => Run(new IcePapSession(transport, Log)));
        }
    }
    private IcePapSettings ReadSettings(IcePapSettings padded)
    {
        // Typed values are the request. A piped object beside them may be older than the device's settings: then the other
        // form of its netmask and its broadcast address are not requests.
        bool netmaskTyped = typed.Contains(nameof(Netmask));
        bool prefixTyped = typed.Contains(nameof(PrefixLength));
        bool addressTyped = netmaskTyped || prefixTyped || typed.Contains(nameof(IPAddress));
        bool isBlankApply = !typed.Contains(nameof(Apply)) && InputObject?.Properties[nameof(Apply)] is { } cell && BlankIsNullAttribute.IsBlank(cell.Value);
        return new IcePapSettings
        {
            Hostname = Hostname ?? padded.Hostname,
            IPAddress = IPAddress ?? padded.IPAddress,
            Netmask = prefixTyped && !netmaskTyped ? null : Netmask ?? padded.Netmask,
            PrefixLength = netmaskTyped && !prefixTyped ? null : PrefixLength ?? padded.PrefixLength,
            Gateway = Gateway ?? padded.Gateway,
            Broadcast = addressTyped && !typed.Contains(nameof(Broadcast)) ? null : Broadcast ?? padded.Broadcast,
            AcceptsOwnBroadcast = !typed.Contains(nameof(Broadcast)),
            AllowFullLengthHostname = Force,
            Apply = isBlankApply ? DefaultApply : padded.Apply == DefaultApply ? Apply : padded.Apply,
        };
    }
}
