using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Details;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Comparison;

/// <summary>Asks the name service and the network about the devices of a plan: everything at the same time, and within one limit.</summary>
/// <param name="interfaces">The interfaces of this machine.</param>
/// <param name="limit">How long it may take in all. What did not come by then is not known.</param>
internal sealed class NetworkProbes(IReadOnlyCollection<LocalInterface> interfaces, TimeSpan limit)
{
    /// <summary>How long to wait for a machine on an own subnet. The system asks a second time after a second.</summary>
    public static readonly TimeSpan NeighborLimit = TimeSpan.FromSeconds(1.2);

    // Devices outside own subnets are exceptions: multicast does not cross routers.
    private const int MostConnections = 256;

    private readonly IPv4Subnet[] subnets =
    [
        .. interfaces.Where(local => !local.IsLoopback && local.IsUp && local.PrefixLength is > 0 and < 31).Select(local => local.Subnet),
    ];

    /// <summary>The addresses of this machine.</summary>
    public HashSet<IPAddress> Own { get; } = [.. interfaces.SelectMany(local => local.OtherAddresses.Concat([local.Address]))];

    /// <summary>Asks.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ProbeResults> RunAsync(IReadOnlyList<PlannedDevice> devices, CancellationToken cancellationToken)
    {
        // First the addresses that a device is to get, since these can still be changed; then the gateways, which are few.
        PlannedDevice[] real = [.. devices.Where(one => !one.IsSimulated)];
        IPAddress[] addresses =
        [
            .. real.Where(one => one.GetsAddress).Select(one => one.IPAddress)
                .Concat(real.Select(one => one.Gateway)).Concat(real.Select(one => one.IPAddress)).Concat(real.Select(one => one.Device?.IPAddress))
                .OfType<IPAddress>().Distinct().Where(address => !Own.Contains(address)),
        ];
        Task<IReadOnlyDictionary<IPAddress, MacAddress?>> neighbors = AskNeighborsAsync(addresses, cancellationToken);
        Task<IReadOnlyDictionary<IPAddress, bool>> answered = ConnectAsync(
            [.. real.Select(one => one.Device?.IPAddress).OfType<IPAddress>().Distinct().Where(address => !Own.Contains(address) && !IsOnOwnSubnet(address) && IsHost(address)).Take(MostConnections)],
            cancellationToken);
        Task<(IReadOnlyDictionary<string, IReadOnlyList<IPAddress>> Addresses, IReadOnlyDictionary<IPAddress, string> Names)> names = LookUpAsync(devices, cancellationToken);
        await Task.WhenAll(neighbors, answered, names).ConfigureAwait(false);
        return new ProbeResults
        {
            Own = Own,
            Neighbors = await neighbors.ConfigureAwait(false),
            Answered = await answered.ConfigureAwait(false),
            Addresses = (await names.ConfigureAwait(false)).Addresses,
            Names = (await names.ConfigureAwait(false)).Names,
        };
    }

    /// <summary>Asks which machines on own subnets have some addresses. Addresses elsewhere are left out.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<IReadOnlyDictionary<IPAddress, MacAddress?>> AskNeighborsAsync(IEnumerable<IPAddress> addresses, CancellationToken cancellationToken) =>
        LinkNeighbors.AskAsync(addresses.Where(address => IsOnOwnSubnet(address) && !Own.Contains(address)), NeighborLimit < limit ? NeighborLimit : limit, cancellationToken);

    private static bool IsHost(IPAddress address) => address.GetAddressBytes()[0] is > 0 and not 127 and < 224;

    // The network's own address and its broadcast address are those of no machine.
    private bool IsOnOwnSubnet(IPAddress address) =>
        subnets.Any(subnet => subnet.Contains(address) && !subnet.Network.Equals(address) && !subnet.Broadcast.Equals(address));

    private async Task<(IReadOnlyDictionary<string, IReadOnlyList<IPAddress>>, IReadOnlyDictionary<IPAddress, string>)> LookUpAsync(
        IReadOnlyList<PlannedDevice> devices, CancellationToken cancellationToken)
    {
        var addresses = new ConcurrentDictionary<string, IReadOnlyList<IPAddress>>(StringComparer.OrdinalIgnoreCase);
        var names = new ConcurrentDictionary<IPAddress, string>();
        object[] questions =
        [
            // The resolver would read a number as an address in a legacy form.
            .. devices.Select(one => one.Hostname).OfType<string>().Where(name => IcePapHostname.IsValid(name) && !IPAddress.TryParse(name, out _)).Distinct(StringComparer.OrdinalIgnoreCase),
            .. devices.Select(one => one.IPAddress).OfType<IPAddress>().Where(IsHost).Distinct(),
        ];
        using var work = new BlockingWork<object>(questions, question => LookUp(question, addresses, names));
        await work.WaitAsync(limit, cancellationToken).ConfigureAwait(false);

        // Look-ups that were abandoned may still add to the others.
        return (new Dictionary<string, IReadOnlyList<IPAddress>>(addresses.ToArray().ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.OrdinalIgnoreCase), names.ToArray().ToDictionary(pair => pair.Key, pair => pair.Value));
    }

    private static void LookUp(object question, ConcurrentDictionary<string, IReadOnlyList<IPAddress>> addresses, ConcurrentDictionary<IPAddress, string> names)
    {
        try
        {
            if (question is string name)
            {
                addresses[name] = [.. Dns.GetHostAddresses(name).Where(address => address.AddressFamily == AddressFamily.InterNetwork)];
            }
            else if (question is IPAddress address && Dns.GetHostEntry(address).HostName is { Length: > 0 } found && !IPAddress.TryParse(found, out _))
            {
                names[address] = found;
            }
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // The name service does not know it, or does not answer.
        }
    }

    // A refusal is an answer too.
    private async Task<IReadOnlyDictionary<IPAddress, bool>> ConnectAsync(IReadOnlyList<IPAddress> addresses, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        bool[] answered = await Task.WhenAll(addresses.Select(address => AnswersAsync(address, end.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Enumerable.Range(0, addresses.Count).ToDictionary(index => addresses[index], index => answered[index]);
    }

    private static async Task<bool> AnswersAsync(IPAddress address, CancellationToken token)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (token.Register(socket.Dispose))
        {
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, ControllerProtocol.Port)).ConfigureAwait(false);
                return true;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or NullReferenceException)
            {
                return e is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            }
        }
    }
}
