using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <summary>Talks to lmgrd: who it is, its license file, its vendor daemons.</summary>
internal sealed partial class ManagerClient : IDisposable
{
    private readonly ServerSession session;
    private FlexLmConnection connection;

    // True if a text was longer than what is taken: the rest of it may come next.
    private bool hasUnreadText;

    private ManagerClient(FlexLmConnection connection, ServerSession session, string host, HelloReply hello, TimeSpan responseTime)
    {
        this.connection = connection;
        this.session = session;
        Host = host;
        Hello = hello;
        ResponseTime = responseTime;
    }

    /// <summary>The host as it was asked for.</summary>
    public string Host { get; }

    public HelloReply Hello { get; }

    public IPEndPoint Remote => connection.Remote;

    public TimeSpan ResponseTime { get; }

    /// <summary>Text of the license file; it grows with the frames that come after the first.</summary>
    public ReceivedText? License { get; private set; }

    /// <summary>Connects, and says hello.</summary>
    public static async Task<ManagerClient> ConnectAsync(FlexLmNode node, ServerSession session, CancellationToken token)
    {
        IEnumerable<int> ports = node.Port is { } port
            ? [port]
            : Enumerable.Range(QueryLimits.FirstPort, QueryLimits.LastPort - QueryLimits.FirstPort + 1);
        return await Connector.ConnectAsync(
            node.Host, ports, session, connection => StartAsync(connection, session, node.Host), token).ConfigureAwait(false);
    }

    /// <summary>
    /// Goes on at the host that the manager names, as redundant managers answer for each other. Stays, with a warning,
    /// where that host can't be reached.
    /// </summary>
    /// <param name="nodes">Nodes of the triad, which say at which port the other is.</param>
    public async Task<ManagerClient> FollowAsync(IReadOnlyList<FlexLmNode> nodes)
    {
        int port = nodes.FirstOrDefault(node => string.Equals(node.Host, Hello.HostName, StringComparison.OrdinalIgnoreCase))?.Port ?? Remote.Port;
        IPAddress[] named = await Connector.FindNamedAsync(Hello.HostName, Host, Remote, session).ConfigureAwait(false);
        IPAddress[] addresses = [.. named.Where(address => session.TryAddEndPoint(new IPEndPoint(address, port)))];
        if (addresses.Length == 0)
        {
            return this;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);
        limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
        try
        {
            ManagerClient master = await Connector.ConnectAsync(
                addresses, [port], session, connection => StartAsync(connection, session, Hello.HostName), limit.Token).ConfigureAwait(false);
            session.Options.Log.Verbose($"{Remote} sends on to {master.Remote}.");
            Dispose();
            return master;
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception) && !session.Token.IsCancellationRequested)
        {
            Connector.Warn(session, Hello.HostName, Remote, "can't be reached");
            return this;
        }
    }

    public void Dispose() => connection.Dispose();

    /// <summary>Path of the license file on the server's host.</summary>
    public async Task<string> GetPathAsync()
    {
        ReceivedText text = await CommandAsync(ManagerCommand.Paths).ConfigureAwait(false);
        if (text.MayBeCut)
        {
            session.Warn("The path of the license file may be longer than what lmgrd sends.");
        }

        return text.First.Trim();
    }

    /// <summary>Names of the vendor daemons.</summary>
    public async Task<IReadOnlyList<string>> GetDaemonsAsync()
    {
        ReceivedText text = await CommandAsync(ManagerCommand.Daemons).ConfigureAwait(false);
        if (text.MayBeCut)
        {
            session.Warn("The list of vendor daemons may be longer than what lmgrd sends; daemons at its end may be missing.");
        }

        IReadOnlyList<string> daemons = text.WholeWords(QueryLimits.DaemonsPerServer, out int leftOutCount);
        if (leftOutCount > 0)
        {
            session.Warn(FormattableString.Invariant($"lmgrd names {daemons.Count} vendor daemons; {leftOutCount} more are left out."));
        }

        return daemons;
    }

    /// <summary>Asks for the text of the license file. A long text may be completed by <see cref="FindVendorAsync"/>.</summary>
    public async Task<ReceivedText> GetLicenseAsync() =>
        License = await CommandAsync(ManagerCommand.LicenseFile).ConfigureAwait(false);

    /// <summary>Says hello on a connection.</summary>
    public static async Task<ManagerClient> StartAsync(FlexLmConnection connection, ServerSession session, string host)
    {
        Stopwatch clock = Stopwatch.StartNew();
        HelloReply hello = await Exchange.HelloAsync(connection, session, string.Empty).ConfigureAwait(false);
        session.Options.OnAnswer();
        if (hello.Daemon.Length > QueryLimits.LongestName)
        {
            // Each command names the manager by it.
            throw new FlexLmProtocolException(
                FlexLmProtocolFault.Malformed, FormattableString.Invariant($"The name that the license server manager gives itself has {hello.Daemon.Length} characters."));
        }

        return new ManagerClient(connection, session, host, hello, clock.Elapsed);
    }
}
