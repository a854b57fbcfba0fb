using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query;

/// <summary>The connection to a server: the manager that answers for its licenses, and of a triad the nodes.</summary>
internal sealed class ServerAccess : IDisposable
{
    // License Administration Guide, "Three-Server Redundancy": two of three.
    private const int Quorum = 2;

    private readonly FlexLmServerAddress address;
    private readonly IReadOnlyList<TriadNode> nodes;
    private readonly ManagerClient? manager;
    private readonly ServerSession session;
    private readonly FlexLmError? error;

    private ServerAccess(FlexLmServerAddress address, IReadOnlyList<TriadNode> nodes, ManagerClient? manager, ServerSession session)
    {
        this.address = address;
        this.nodes = nodes;
        this.manager = manager;
        this.session = session;
        error = manager is null ? nodes[0].Status.Error : MajorityError();
    }

    /// <summary>The manager to ask.</summary>
    /// <exception cref="FlexLmErrorException">No node answers, or too few do.</exception>
    public ManagerClient Manager => error is null ? manager! : throw new FlexLmErrorException(error);

    /// <summary>Connects to a server, and goes on to the host that it names; of a triad, to all nodes.</summary>
    /// <exception cref="SeparateServersException">The nodes are servers of their own.</exception>
    public static async Task<ServerAccess> OpenAsync(FlexLmServerAddress address, ServerSession session)
    {
        if (!address.IsTriad)
        {
            return new ServerAccess(address, [], await ServerConversation.ConnectAsync(address.Nodes[0], session).ConfigureAwait(false), session);
        }

        TriadNode[] nodes = await Task.WhenAll(address.Nodes.Select(node => TriadNode.AskAsync(address, node, session))).ConfigureAwait(false);
        try
        {
            if (address.IsTriadAssumed && await TriadCheck.FindDifferenceAsync(nodes, session).ConfigureAwait(false) is { } difference)
            {
                throw new SeparateServersException(address, difference, nodes, session);
            }

            return new ServerAccess(address, nodes, await FindManagerAsync(nodes).ConfigureAwait(false), session);
        }
        catch
        {
            Close(nodes);
            throw;
        }
    }

    /// <summary>What is known of a server before it is asked.</summary>
    public static FlexLmServerStatus Start(FlexLmServerAddress address, FlexLmNode node, ServerSession session) => new()
    {
        Server = address.Text,
        HostName = PrintableText.Escape(node.Host),
        Port = node.Port ?? 0,
        CheckedAt = session.CheckedAt,
    };

    /// <summary>Adds what a manager said in its hello.</summary>
    public static FlexLmServerStatus Describe(FlexLmServerStatus status, ManagerClient manager) => new FlexLmServerStatus(status)
    {
        HostName = PrintableText.Escape(manager.Hello.HostName.Length > 0 ? manager.Hello.HostName : manager.Host),
        Port = manager.Remote.Port,
        Status = FlexLmState.Up,
        Version = manager.Hello.Version,
        Daemon = PrintableText.Escape(manager.Hello.Daemon),
        Generation = manager.Hello.Generation,
        ResponseTime = manager.ResponseTime,
        IsMaster = true,
        Identity = new ServerIdentity(manager.Remote, manager.Hello.HostName),
    };

    /// <summary>Adds what the manager and the nodes said in their hellos.</summary>
    public FlexLmServerStatus Describe(FlexLmServerStatus status)
    {
        if (manager is not null)
        {
            bool isAsked = address.IsTriad || string.Equals(manager.Host, address.Nodes[0].Host, StringComparison.OrdinalIgnoreCase);
            status = new FlexLmServerStatus(Describe(status, manager)) { IsMaster = isAsked && error is null };
        }

        return new FlexLmServerStatus(status)
        {
            Status = error is null ? status.Status : FlexLmState.Down,
            Nodes = [.. nodes.Select(DescribeNode)],
        };
    }

    /// <summary>Warns of nodes that do not answer, or name another master: the licenses are known all the same.</summary>
    public void WarnOfNodes()
    {
        foreach (FlexLmServerStatus node in nodes.Select(DescribeNode).Where(node => node.Error is not null))
        {
            session.Warn($"{node.Server}: {node.Error}");
        }
    }

    public void Dispose()
    {
        manager?.Dispose();
        Close(nodes);
    }

    private static void Close(IEnumerable<TriadNode> nodes)
    {
        foreach (TriadNode node in nodes)
        {
            node.Manager?.Dispose();
        }
    }

    // The nodes may name the master by a name that is not among those that were asked for.
    private static async Task<ManagerClient?> FindManagerAsync(TriadNode[] nodes)
    {
        TriadNode? master = TriadNode.FindMaster(nodes);
        bool isKnown = master is null || master.NamedMaster.Length == 0 || Array.Exists(nodes, node => node.IsNamed(master.NamedMaster));
        return isKnown ? master?.Manager : await master!.Manager!.FollowAsync([.. nodes.Select(node => node.Node)]).ConfigureAwait(false);
    }

    private FlexLmServerStatus DescribeNode(TriadNode node)
    {
        bool isMaster = manager is not null && (node.Manager == manager || (node.Manager?.Remote.Equals(manager.Remote) ?? false));
        bool isOther = manager is not null && node.NamedMaster.Length > 0
            && !TriadNode.AreSame(node.NamedMaster, manager.Host) && !TriadNode.AreSame(node.NamedMaster, manager.Hello.HostName);
        return new FlexLmServerStatus(node.Status)
        {
            IsMaster = isMaster,
            Status = isOther ? FlexLmState.Degraded : node.Status.Status,
            Error = isOther
                ? FlexLmErrorTable.Make(
                    FlexLmErrorCode.NoMajority, "hello", $"(the node names {PrintableText.EscapeStart(node.NamedMaster)} as the master, and not {PrintableText.Escape(manager!.Host)})")
                : node.Status.Error,
        };
    }

    private FlexLmError? MajorityError()
    {
        int up = nodes.Count(node => node.Manager is not null);
        return up < Math.Min(Quorum, nodes.Count - 1)
            ? FlexLmErrorTable.Make(FlexLmErrorCode.NoMajority, $"ask {address.Text}", FormattableString.Invariant($"({up} of {nodes.Count} nodes answer)"))
            : null;
    }
}
