using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.Commands.IcePap;

/// <summary>
/// Names the likely cause if no device answers on Windows. Its firewall drops multicast that arrives on a network, unless
/// a rule allows it; it never filters loopback.
/// </summary>
internal static class FirewallHint
{
    /// <summary>The rule that discovery needs, as a command to copy. It needs an administrator.</summary>
    public static string Command { get; } =
        $"New-NetFirewallRule -DisplayName 'IcePAP discovery' -Direction Inbound -Protocol UDP -LocalPort {IcePapProtocol.Port} -Action Allow";

    /// <summary>What to warn of after a search in which no device answered.</summary>
    /// <param name="interfaces">The interfaces on which the query was sent.</param>
    /// <returns>Null if the firewall can't be the cause: on another system, or if the query was sent on loopback only.</returns>
    public static string? ForSilence(IEnumerable<LocalInterface> interfaces) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ForSilenceOnWindows(interfaces) : null;

    /// <summary>What to warn of on Windows.</summary>
    /// <inheritdoc cref="ForSilence"/>
    internal static string? ForSilenceOnWindows(IEnumerable<LocalInterface> interfaces)
    {
        LocalInterface[] networks = [.. interfaces.Where(local => local.IsUp && !local.IsLoopback)];
        return networks.Length == 0
            ? null
            : $"No device answered on {string.Join(", ", networks.Select(local => local.ToString()))}. Perhaps the Windows firewall drops the answers. This command, run as administrator, allows them: {Command}";
    }
}
