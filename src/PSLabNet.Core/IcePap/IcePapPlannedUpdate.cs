using System.Collections.Generic;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.IcePap;

/// <summary>What would be sent to a device, and what it changes there.</summary>
public sealed class IcePapPlannedUpdate
{
    private readonly IReadOnlyList<string> problems;

    internal IcePapPlannedUpdate(IcePapDevice device, IcePapConfiguration configuration, IReadOnlyList<IcePapSettingChange> changes, IReadOnlyList<string> problems)
    {
        Device = device;
        Configuration = configuration;
        Changes = changes;
        this.problems = problems;
    }

    /// <summary>The device, as it answered.</summary>
    public IcePapDevice Device { get; }

    /// <summary>The payload that would be sent.</summary>
    public IcePapConfiguration Configuration { get; }

    /// <summary>Each setting that would change, as old and new.</summary>
    public IReadOnlyList<IcePapSettingChange> Changes { get; }

    /// <summary>False if the device already has all that was asked for.</summary>
    public bool IsChange => Changes.Count > 0;

    /// <summary>Whether the device reboots on it, and so acknowledges nothing.</summary>
    public bool Reboots => (Configuration.Apply & IcePapApply.Reboot) != 0;

    /// <summary>Whether the settings take effect without a start of the device: at once, or by the reboot that they bring.</summary>
    internal bool TakesEffect => (Configuration.Apply & (IcePapApply.Dynamic | IcePapApply.Reboot)) != 0;

    /// <summary>Whether the settings outlast a reboot.</summary>
    internal bool Persists => (Configuration.Apply & IcePapApply.Flash) != 0;

    /// <summary>Whether an answer of the device shows the settings of this update.</summary>
    /// <param name="found">The answer.</param>
    internal bool IsShownBy(IcePapDevice found) => IcePapSettingChange.Between(found.Configuration, Configuration).Count == 0;

    /// <summary>The device as it is once it has taken the settings.</summary>
    internal IcePapDevice Outcome => new(
        Device.MacAddress, new IcePapConfiguration(Configuration) { Apply = IcePapApply.None }, Device.LocalInterface, Device.RemoteAddress, Device.ResponseTime, Device.DiscoveredAt);

    /// <summary>Throws if this must not be sent.</summary>
    /// <returns>This.</returns>
    /// <exception cref="IcePapInvalidSettingsException">The settings are not allowed.</exception>
    internal IcePapPlannedUpdate ThrowIfInvalid() => problems.Count == 0 ? this : throw new IcePapInvalidSettingsException(Device.MacAddress, problems);
}
