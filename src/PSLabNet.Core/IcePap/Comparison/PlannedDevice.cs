using System.Collections.Generic;
using System.Net;
using PSLabNet.IcePap.Settings;

namespace PSLabNet.IcePap.Comparison;

/// <summary>A planned or a found device: its settings when the plan is carried out.</summary>
/// <param name="MacAddress">The device.</param>
/// <param name="Device">The device as it answered; null if it did not.</param>
/// <param name="Plan">Its row of the plan; null if it has none.</param>
/// <param name="Update">What the plan changes in the device; null if there is no device, no row, or an invalid one.</param>
/// <param name="Problems">Why it can't be, one sentence each.</param>
internal sealed record PlannedDevice(MacAddress MacAddress, IcePapDevice? Device, IcePapSettings? Plan, IcePapPlannedUpdate? Update, IReadOnlyList<string> Problems)
{
    /// <summary>Hostname; null if it is not known.</summary>
    public string? Hostname => Update?.Configuration.Hostname ?? Plan?.Hostname ?? Device?.Hostname;

    /// <summary>IP address; null if it is not known.</summary>
    public IPAddress? IPAddress => Update?.Configuration.IPAddress ?? Plan?.IPAddress ?? Device?.IPAddress;

    /// <summary>Netmask; null if it is not known.</summary>
    public IPAddress? Netmask => Update?.Configuration.Netmask ?? Plan?.Netmask ?? Plan?.NetmaskOfPrefix ?? Device?.Netmask;

    /// <summary>Gateway; null if it is not known.</summary>
    public IPAddress? Gateway => Update?.Configuration.Gateway ?? Plan?.Gateway ?? Device?.Gateway;

    /// <summary>Broadcast address; null if it is not known.</summary>
    public IPAddress? Broadcast => Update?.Configuration.Broadcast ?? Plan?.Broadcast ?? Device?.Broadcast;

    /// <summary>Whether it answered on loopback: such a device is simulated, and nothing leaves this machine for it.</summary>
    public bool IsSimulated => Device is { LocalInterface.IsLoopback: true };

    /// <summary>Whether the plan gives it an address that it does not have.</summary>
    public bool GetsAddress => IPAddress is not null && !IPAddress.Equals(Device?.IPAddress);
}
