using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query;

/// <summary>A node of a redundant triad, asked by itself.</summary>
internal sealed record TriadNode(FlexLmNode Node, FlexLmServerStatus Status, ManagerClient? Manager)
{
    /// <summary>The vendor daemons that the node names; empty if it was not asked, or does not say.</summary>
    public IReadOnlyList<string> Daemons { get; private init; } = [];

    /// <summary>The host that the node calls the master; empty if it is down, or does not say.</summary>
    public string NamedMaster => Manager?.Hello.HostName ?? string.Empty;

    /// <summary>A node that has said hello.</summary>
    public static TriadNode Of(FlexLmNode node, FlexLmServerStatus status, ManagerClient manager, IReadOnlyList<string> daemons) =>
        new(node, new FlexLmServerStatus(ServerAccess.Describe(status, manager)) { HostName = status.HostName }, manager) { Daemons = daemons };

    public static async Task<TriadNode> AskAsync(FlexLmServerAddress address, FlexLmNode node, ServerSession session)
    {
        var status = new FlexLmServerStatus(ServerAccess.Start(address, node, session)) { Server = PrintableText.Escape(node.ToString()) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);

        // A node that is silent leaves time to ask the others.
        limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
        ManagerClient? manager = null;
        try
        {
            manager = await ManagerClient.ConnectAsync(node, session, limit.Token).ConfigureAwait(false);
            IReadOnlyList<string> daemons = address.IsTriadAssumed ? await DaemonsAsync(manager, limit.Token).ConfigureAwait(false) : [];
            return Of(node, status, manager, daemons);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            manager?.Dispose();
            return new TriadNode(node, new FlexLmServerStatus(status) { Error = ServerConversation.ExplainConnect(session, exception, node) }, null);
        }
    }

    /// <summary>
    /// The node that answers for all: every node names it in its hello. Where the name fits no node (or the one that
    /// it fits is down), the first node that answers.
    /// </summary>
    public static TriadNode? FindMaster(IReadOnlyList<TriadNode> nodes)
    {
        TriadNode[] up = [.. nodes.Where(node => node.Manager is not null)];
        return up.Select(node => Array.Find(up, other => other.IsNamed(node.NamedMaster))).FirstOrDefault(named => named is not null) ?? up.FirstOrDefault();
    }

    /// <summary>True if a name is that of the node, with its domain or without.</summary>
    public bool IsNamed(string name) => AreSame(name, Node.Host);

    /// <summary>True if two names are of one host, each with its domain or without. An empty name is of none.</summary>
    public static bool AreSame(string name, string other) =>
        name.Length > 0 && string.Equals(HostName.FirstLabel(name), HostName.FirstLabel(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>The vendor daemons that a manager names; empty if it does not say.</summary>
    public static async Task<IReadOnlyList<string>> DaemonsAsync(ManagerClient manager, CancellationToken limit)
    {
        try
        {
            using (limit.Register(manager.Dispose))
            {
                return await manager.GetDaemonsAsync().ConfigureAwait(false);
            }
        }
        catch (FlexLmErrorException)
        {
            return [];
        }
    }
}
