using System.Collections.Generic;
using System.Globalization;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.IcePap;

/// <summary>One setting, as it is and as it is to be.</summary>
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

    /// <summary>Its value now.</summary>
    public string Old { get; }

    /// <summary>Its value to come.</summary>
    public string New { get; }

    /// <summary>The settings in which two configurations differ; addresses of the device and flags are no settings.</summary>
    /// <param name="old">The configuration as it is.</param>
    /// <param name="new">The configuration as it is to be.</param>
    internal static IReadOnlyList<IcePapSettingChange> Between(IcePapConfiguration old, IcePapConfiguration @new)
    {
        var changes = new List<IcePapSettingChange>();
        Add(nameof(old.Hostname), old.Hostname, @new.Hostname);
        Add(nameof(old.IPAddress), old.IPAddress, @new.IPAddress);
        Add(nameof(old.Netmask), old.Netmask, @new.Netmask);
        Add(nameof(old.Gateway), old.Gateway, @new.Gateway);
        Add(nameof(old.Broadcast), old.Broadcast, @new.Broadcast);
        return changes;

        void Add(string setting, object before, object after)
        {
            if (!before.Equals(after))
            {
                changes.Add(new IcePapSettingChange(setting, $"{before}", $"{after}"));
            }
        }
    }

    /// <summary>Whether two configurations have the same settings, or differ in nothing but the broadcast address.</summary>
    /// <param name="one">One configuration.</param>
    /// <param name="other">The other one.</param>
    internal static bool IsAtMostBroadcast(IcePapConfiguration one, IcePapConfiguration other) =>
        (one.DifferencesFrom(other) & ~IcePapFields.Broadcast) == IcePapFields.None;

    /// <summary>The change as <c>Hostname iceeu4 -> iceeu5</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1} -> {2}", Setting, Old, New);
}
