using System.Collections.Generic;
using System.Linq;
using System.Net;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Settings;

/// <summary>The addresses of this computer, which no device may be given: it and the device would cut each other off.</summary>
internal static class HostAddresses
{
    /// <summary>Throws if an update gives a device an address of this computer.</summary>
    /// <param name="update">The update.</param>
    /// <param name="interfaces">The interfaces of this computer.</param>
    /// <exception cref="IcePapInvalidSettingsException">It does.</exception>
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
