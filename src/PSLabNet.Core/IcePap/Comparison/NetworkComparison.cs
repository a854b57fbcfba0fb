using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace PSLabNet.IcePap.Comparison;

/// <summary>Compares each planned and each found device with the plan and with what the network said.</summary>
internal static class NetworkComparison
{
    /// <summary>One state for each device.</summary>
    /// <param name="plan">The devices.</param>
    /// <param name="probes">What the name service and the network said.</param>
    public static IReadOnlyList<IcePapNetworkState> Of(NetworkPlan plan, ProbeResults probes)
    {
        var known = new KnownDevices(plan.Devices.Select(one => one.Device).OfType<IcePapDevice>());
        return [.. plan.Devices.Select(one => StateOf(one, plan, probes, known))];
    }

    private static IcePapNetworkState StateOf(PlannedDevice one, NetworkPlan plan, ProbeResults probes, KnownDevices known)
    {
        bool? foreign = one.IsSimulated && !probes.Own.Contains(one.IPAddress!) ? null : probes.IsForeign(one.IPAddress, known);
        string[] problems =
        [
            .. one.Problems,
            .. plan.SharedAfterwards(one.MacAddress),
            .. foreign == true ? [ExplainForeign(one.IPAddress!, probes)] : (IEnumerable<string>)[],
        ];
        return new IcePapNetworkState
        {
            MacAddress = one.MacAddress,
            Hostname = one.Hostname,
            IPAddress = one.IPAddress,
            Netmask = one.Netmask,
            Gateway = one.Gateway,
            Broadcast = one.Broadcast,
            State = problems.Length > 0 ? IcePapPlanState.Conflict
                : one.Device is null ? IcePapPlanState.Missing
                : one.Plan is null ? IcePapPlanState.Unplanned
                : one.Update is { IsChange: true } ? IcePapPlanState.Different
                : IcePapPlanState.AsPlanned,
            Changes = new ResultCollection<IcePapSettingChange>([.. one.Update?.Changes ?? []]),
            Dns = probes.Forward(one.Hostname, one.IPAddress),
            Reverse = probes.Reverse(one.Hostname, one.IPAddress),
            DuplicateOf = new ResultCollection<MacAddress>([.. plan.SharingWith(one.MacAddress)]),
            ForeignHost = foreign,
            GatewayAnswers = one.IsSimulated && !probes.Own.Contains(one.Gateway!) ? null : probes.Answers(one.Gateway),
            IsReachable = Reachable(one, one.Device?.IPAddress ?? one.IPAddress, probes),
            Problems = new ResultCollection<string>(problems),
            Device = one.Device,
        };
    }

    private static bool? Reachable(PlannedDevice one, IPAddress? address, ProbeResults probes) =>
        one.IsSimulated && address is not null && !probes.Own.Contains(address) ? null : probes.Answers(address);

    private static string ExplainForeign(IPAddress address, ProbeResults probes) =>
        probes.Neighbors.TryGetValue(address, out MacAddress? hardware) && hardware is { } other
            ? $"The IP address {address} is that of a machine that is no IcePAP ({other})."
            : $"The IP address {address} is one of this computer.";
}
