using System.Collections.Generic;
using System.Linq;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.IcePap;

/// <summary>What would be sent to a device, and what it changes there.</summary>
public sealed class IcePapPlannedUpdate
{
    private readonly IReadOnlyList<string> problems;

    internal IcePapPlannedUpdate(IcePapDevice device, IcePapConfiguration configuration)
    {
        Device = device;
        Configuration = configuration;
        Changes = IcePapSettingChange.Between(device.Configuration, configuration);
        IcePapRuleFindings findings = IcePapConfigurationRules.Check(configuration, device.Configuration);
        problems = findings.Problems;
        Warnings =
        [
            .. findings.Warnings.Select(warning => $"{warning} The device has this already, and keeps it."),
            .. IcePapHostname.IsFullLength(configuration.Hostname) ? [IcePapHostname.ExplainFullLength(configuration.Hostname)] : (IReadOnlyList<string>)[],
        ];
    }

    /// <summary>The device, as it answered.</summary>
    public IcePapDevice Device { get; }

    /// <summary>The payload that would be sent.</summary>
    public IcePapConfiguration Configuration { get; }

    /// <summary>Each setting that would change, as old and new.</summary>
    public IReadOnlyList<IcePapSettingChange> Changes { get; }

    /// <summary>False if the device already has all that was asked for.</summary>
    public bool IsChange => Changes.Count > 0;

    /// <summary>What is wrong and is sent all the same, a sentence each: values that the device has and keeps, and a hostname without a NUL at its end.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether the device reboots on it, and so acknowledges nothing.</summary>
    public bool Reboots => (Configuration.Apply & IcePapApply.Reboot) != 0;

    /// <summary>Whether the settings take effect without a start of the device: at once, or by the reboot that they bring.</summary>
    internal bool TakesEffect => (Configuration.Apply & (IcePapApply.Dynamic | IcePapApply.Reboot)) != 0;

    /// <summary>Whether an answer of the device shows the settings of this update. Some devices make the broadcast address themselves, so it does not count.</summary>
    /// <param name="found">The answer.</param>
    internal bool IsShownBy(IcePapDevice found) => IcePapSettingChange.IsAtMostBroadcast(found.Configuration, Configuration);

    /// <summary>Says what a device made of the broadcast address that it was sent.</summary>
    /// <param name="found">Its answer after the update.</param>
    /// <returns>Null if it has the address that was sent, or if the settings do not show yet.</returns>
    internal string? ExplainBroadcast(IcePapDevice found)
    {
        if (!TakesEffect || !IsShownBy(found) || found.Broadcast.Equals(Configuration.Broadcast))
        {
            return null;
        }

        string reason = found.Broadcast.Equals(IcePapBroadcast.OfWholeOctets(found.IPAddress, found.Netmask))
            ? "Its firmware ignores the broadcast address in an update, and sets to 255 the octets whose octet in the netmask is 0."
            : "Its firmware made another one of it.";
        return $"{found} has the broadcast address {found.Broadcast}, not {Configuration.Broadcast} as it was sent. {reason} All other settings are as they were sent.";
    }

    /// <summary>The device as it is once it has taken the settings.</summary>
    internal IcePapDevice Outcome => new(
        Device.MacAddress, new IcePapConfiguration(Configuration) { Apply = IcePapApply.None }, Device.LocalInterface, Device.RemoteAddress, Device.ResponseTime, Device.DiscoveredAt);

    /// <summary>Throws if this must not be sent.</summary>
    /// <returns>This.</returns>
    /// <exception cref="IcePapInvalidSettingsException">The settings are not allowed.</exception>
    internal IcePapPlannedUpdate ThrowIfInvalid() => problems.Count == 0 ? this : throw new IcePapInvalidSettingsException(Device.MacAddress, problems);
}
