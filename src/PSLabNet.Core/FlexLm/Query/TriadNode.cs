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
    public static async Task<TriadNode> AskAsync(FlexLmNode node, FlexLmServerStatus status, ServerSession session)
    {
        status = new FlexLmServerStatus(status) { Server = PrintableText.Escape(node.ToString()) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);

        // A node that is silent leaves time to ask the others.
        limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
        try
        {
            ManagerClient manager = await ManagerClient.ConnectAsync(node, session, limit.Token).ConfigureAwait(false);
            return new TriadNode(node, new FlexLmServerStatus(ServerStatusQuery.Describe(status, manager)) { HostName = status.HostName }, manager);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
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
        foreach (TriadNode node in up)
        {
            TriadNode? named = Array.Find(up, other => IsNamed(node.Manager!.Hello.HostName, other.Node.Host));
            if (named is not null)
            {
                return named;
            }
        }

        return up.FirstOrDefault();
    }

    private static bool IsNamed(string name, string host) =>
        string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
        || (name.Length > 0 && string.Equals(HostName.FirstLabel(name), HostName.FirstLabel(host), StringComparison.OrdinalIgnoreCase));
}
