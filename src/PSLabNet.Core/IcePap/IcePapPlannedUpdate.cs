using System.Collections.Generic;
using System.Linq;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.IcePap;

/// <summary>An update to send to a device, and the changes that it makes there.</summary>
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

    /// <summary>The device, as it last answered.</summary>
    public IcePapDevice Device { get; }

    /// <summary>The payload that would be sent.</summary>
    public IcePapConfiguration Configuration { get; }

    /// <summary>Each setting that would change, with its old and new value.</summary>
    public IReadOnlyList<IcePapSettingChange> Changes { get; }

    /// <summary>False if the device already has all requested settings.</summary>
    public bool IsChange => Changes.Count > 0;

    /// <summary>Problems that do not prevent the update, one sentence each: values that the device has and keeps, and a hostname without a NUL at its end.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether the update reboots the device. A device that reboots sends no acknowledgement.</summary>
    public bool Reboots => (Configuration.Apply & IcePapApply.Reboot) != 0;

    /// <summary>Whether the device gets another IP address.</summary>
    internal bool GivesAddress => !Configuration.IPAddress.Equals(Device.IPAddress);

    /// <summary>Whether the settings take effect without a later restart: immediately, or by the reboot that the update requests.</summary>
    internal bool TakesEffect => (Configuration.Apply & (IcePapApply.Dynamic | IcePapApply.Reboot)) != 0;

    /// <summary>Whether an answer of the device shows the settings of this update. The broadcast address is not compared, because some devices compute their own.</summary>
    /// <param name="found">The answer.</param>
    internal bool IsShownBy(IcePapDevice found) => IcePapSettingChange.IsAtMostBroadcast(found.Configuration, Configuration);

    /// <summary>Describes a broadcast address that the device chose instead of the one that was sent.</summary>
    /// <param name="found">Its answer after the update.</param>
    /// <returns>Null if the device has the address that was sent, or if the settings do not show yet.</returns>
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

    /// <summary>The device as it will be after the update.</summary>
    internal IcePapDevice Outcome => new(
        Device.MacAddress, new IcePapConfiguration(Configuration) { Apply = IcePapApply.None }, Device.LocalInterface, Device.RemoteAddress, Device.ResponseTime, Device.DiscoveredAt);

    /// <summary>Throws if the update must not be sent.</summary>
    /// <returns>This update.</returns>
    /// <exception cref="IcePapInvalidSettingsException">The settings are not allowed.</exception>
    internal IcePapPlannedUpdate ThrowIfInvalid() => problems.Count == 0 ? this : throw new IcePapInvalidSettingsException(Device.MacAddress, problems);
}
