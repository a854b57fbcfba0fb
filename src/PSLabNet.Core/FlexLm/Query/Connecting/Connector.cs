using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <summary>Finds the way to hosts: those that the user names, and those that servers name, which may lie (NAT, containers, short names).</summary>
internal static class Connector
{
    // RFC 5771: 224.0.0.0 to 239.255.255.255.
    private const byte FirstMulticast = 224;
    private const byte LastMulticast = 239;
    private const byte LinkLocalFirst = 169;
    private const byte LinkLocalSecond = 254;

    /// <summary>Connects to any of the addresses of a host and does a first exchange, on any of the ports.</summary>
    public static async Task<T> ConnectAsync<T>(
        string host,
        IEnumerable<int> ports,
        ServerSession session,
        Func<FlexLmConnection, Task<T>> first,
        CancellationToken token)
        where T : class, IDisposable
    {
        IPAddress[] addresses = await session.Names.ResolveAsync(host, token).ConfigureAwait(false);
        if (!IPAddress.TryParse(host, out _))
        {
            session.Options.Log.Verbose($"{Wire(host)} is at {string.Join(", ", addresses.Select(address => address.ToString()))}.");
        }

        return await ConnectAsync(addresses, ports, session, first, token).ConfigureAwait(false);
    }

    /// <summary>Connects to any of the addresses and does a first exchange, on any of the ports.</summary>
    public static async Task<T> ConnectAsync<T>(
        IReadOnlyList<IPAddress> addresses,
        IEnumerable<int> ports,
        ServerSession session,
        Func<FlexLmConnection, Task<T>> first,
        CancellationToken token)
        where T : class, IDisposable
    {
        var ways = new List<Func<CancellationToken, Task<T>>>();
        foreach (int port in ports)
        {
            foreach (IPAddress address in addresses)
            {
                ways.Add(stop => OpenAsync(new IPEndPoint(address, port), session, first, stop));
            }
        }

        return await StaggeredConnect.FirstAsync(ways, QueryLimits.Stagger, token).ConfigureAwait(false);
    }

    /// <summary>Connects to one address and does a first exchange there; closes what it opened if that fails.</summary>
    public static async Task<T> OpenAsync<T>(
        IPEndPoint remote,
        ServerSession session,
        Func<FlexLmConnection, Task<T>> first,
        CancellationToken token)
        where T : class, IDisposable
    {
        FlexLmConnection connection;
        try
        {
            connection = await FlexLmConnection.OpenAsync(remote, session.Connections, token).ConfigureAwait(false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A port without a listener refuses. This one accepted, and was reset before the connect call returned.
            throw new FlexLmErrorException(session.Explain(exception, FlexLmErrorCode.CannotRead, $"say hello to {remote}"), exception);
        }

        try
        {
            using (token.Register(connection.Dispose))
            {
                return await first(connection).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            connection.Dispose();
            if (exception is FlexLmErrorException or FlexLmProtocolException)
            {
                throw;
            }

            // The host accepts the connection but does not answer. A missing host is a different error.
            Exception cause = token.IsCancellationRequested ? new OperationCanceledException(token) : exception;
            throw new FlexLmErrorException(session.Explain(cause, FlexLmErrorCode.CannotRead, $"say hello to {remote}"), exception);
        }
    }

    /// <summary>
    /// The addresses of a host that a server named, if they differ from the address of the present connection.
    /// None if the name means that same host, can't be used, or is not allowed. Warns of anything odd.
    /// </summary>
    public static async Task<IPAddress[]> FindNamedAsync(string name, string asked, IPEndPoint connected, ServerSession session)
    {
        if (name.Length == 0 || string.Equals(name, asked, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        // The server is this machine, reached through loopback. Its name may resolve to another of its addresses.
        if (IPAddress.IsLoopback(connected.Address) && string.Equals(name, Dns.GetHostName(), StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);
        limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
        try
        {
            IPAddress[] addresses = await session.Names.ResolveAsync(name, limit.Token).ConfigureAwait(false);
            if (addresses.Any(address => IsSame(address, connected.Address)))
            {
                return [];
            }

            IPAddress[] allowed = [.. addresses.Where(address => MayLeadTo(address, connected.Address)).Take(QueryLimits.AddressesOfName)];
            if (allowed.Length == 0)
            {
                Warn(session, name, connected, Describe(addresses));
            }

            return allowed;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !session.Token.IsCancellationRequested)
        {
            Warn(session, name, connected, "does not resolve");
            return [];
        }
    }

    /// <summary>Warns that a named host is ignored and the address of the present connection is used.</summary>
    public static void Warn(ServerSession session, string name, IPEndPoint connected, string why) =>
        session.Warn($"The server names the host '{Wire(name)}', which {why}; {connected.Address} is asked instead.");

    private static string Wire(string text) => PSLabNet.Text.PrintableText.Escape(text);

    // A server may send us to a loopback address only if we reached it at one, and to a link-local address likewise. It may
    // never send us to the unspecified address, which some systems connect to themselves, to broadcast or to a group.
    private static bool MayLeadTo(IPAddress named, IPAddress connected)
    {
        IPAddress address = Plain(named);
        IPAddress server = Plain(connected);
        bool isNoHost = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast) || IsMulticast(address);
        return !isNoHost
            && (!IPAddress.IsLoopback(address) || IPAddress.IsLoopback(server))
            && (!IsLinkLocal(address) || IsLinkLocal(server));
    }

    private static string Describe(IPAddress[] addresses) =>
        Array.TrueForAll(addresses, address => IPAddress.IsLoopback(Plain(address))) ? "is this very host by its address"
        : Array.TrueForAll(addresses, address => Plain(address).Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? "is the address of no host"
        : "is at an address that a server may not name";

    private static bool IsMulticast(IPAddress address) =>
        address.IsIPv6Multicast || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= FirstMulticast and <= LastMulticast);

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.AddressFamily == AddressFamily.InterNetwork && IsLinkLocal(address.GetAddressBytes()));

    // RFC 3927: 169.254.0.0/16.
    private static bool IsLinkLocal(byte[] address) => address[0] == LinkLocalFirst && address[1] == LinkLocalSecond;

    private static bool IsSame(IPAddress one, IPAddress other) => Plain(one).Equals(Plain(other));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
