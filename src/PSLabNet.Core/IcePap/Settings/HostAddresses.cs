using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Settings;

/// <summary>The addresses of this computer. No device may use one of them, because the device and this computer would cut each other off.</summary>
internal static class HostAddresses
{
    /// <summary>Throws if an update sets an address of this computer on a device.</summary>
    /// <param name="update">The update.</param>
    /// <param name="interfaces">The interfaces of this computer.</param>
    /// <exception cref="IcePapInvalidSettingsException">The new address belongs to this computer.</exception>
    public static void ThrowIfGiven(IcePapPlannedUpdate update, IEnumerable<LocalInterface> interfaces)
    {
        IPAddress address = update.Configuration.IPAddress;
        if (!update.Device.IPAddress.Equals(address)
            && interfaces.FirstOrDefault(local => local.Address.Equals(address) || local.OtherAddresses.Contains(address)) is { } owner)
        {
            throw new IcePapInvalidSettingsException(update.Device.MacAddress, [$"The IP address {address} is one of this computer ({owner.Name})."]);
        }
    }
}
