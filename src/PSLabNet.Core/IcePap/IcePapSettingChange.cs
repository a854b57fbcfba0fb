using System.Collections.Generic;
using System.Globalization;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.IcePap;

/// <summary>One setting, with its present value and its planned value.</summary>
public sealed class IcePapSettingChange
{
    internal IcePapSettingChange(string setting, string old, string @new)
    {
        Setting = setting;
        Old = old;
        New = @new;
    }

    /// <summary>Name of the setting: Hostname, IPAddress, Netmask, Gateway or Broadcast.</summary>
    public string Setting { get; }

    /// <summary>The present value.</summary>
    public string Old { get; }

    /// <summary>The planned value.</summary>
    public string New { get; }

    /// <summary>The settings that differ between two configurations. The device's MAC addresses and the flags do not count as settings.</summary>
    /// <param name="old">The present configuration.</param>
    /// <param name="new">The planned configuration.</param>
    internal static IReadOnlyList<IcePapSettingChange> Between(IcePapConfiguration old, IcePapConfiguration @new)
    {
        IcePapFields different = @new.DifferencesFrom(old);
        var changes = new List<IcePapSettingChange>();
        Add(IcePapFields.Hostname, nameof(old.Hostname), old.Hostname, @new.Hostname);
        Add(IcePapFields.IPAddress, nameof(old.IPAddress), old.IPAddress, @new.IPAddress);
        Add(IcePapFields.Netmask, nameof(old.Netmask), old.Netmask, @new.Netmask);
        Add(IcePapFields.Gateway, nameof(old.Gateway), old.Gateway, @new.Gateway);
        Add(IcePapFields.Broadcast, nameof(old.Broadcast), old.Broadcast, @new.Broadcast);
        return changes;

        void Add(IcePapFields field, string setting, object before, object after)
        {
            if ((different & field) != 0)
            {
                changes.Add(new IcePapSettingChange(setting, $"{before}", $"{after}"));
            }
        }
    }

    /// <summary>Whether two configurations have the same settings, apart from the broadcast address.</summary>
    /// <param name="one">One configuration.</param>
    /// <param name="other">The other one.</param>
    internal static bool IsAtMostBroadcast(IcePapConfiguration one, IcePapConfiguration other) =>
        (one.DifferencesFrom(other) & ~IcePapFields.Broadcast) == IcePapFields.None;

    /// <summary>The change as <c>Hostname iceeu4 -> iceeu5</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1} -> {2}", Setting, Old, New);
}
