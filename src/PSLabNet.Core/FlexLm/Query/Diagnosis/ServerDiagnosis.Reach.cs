using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <content>From the name of a server to the hello of lmgrd, on one node or on each of a triad.</content>
internal sealed partial class ServerDiagnosis
{
    private async Task<ManagerClient?> ReachSingleAsync()
    {
        AddSource();
        ManagerClient? manager = await ReachAsync(address.Nodes[0], steps, session.Token).ConfigureAwait(false);
        if (manager is null)
        {
            steps.Skip(string.Empty, NoManager, StepNames.ServerName);
            return null;
        }

        return await ServerNameStep.RunAsync(manager, session, steps).ConfigureAwait(false);
    }

    // The nodes are asked at the same time, and told in order once it is clear that they are nodes of one server.
    private async Task<ManagerClient?> ReachTriadAsync()
    {
        Stopwatch clock = Stopwatch.StartNew();
        var held = new List<List<FlexLmDiagnosticStep>>();
        var asked = new List<Task<TriadNode>>();
        foreach (FlexLmNode node in address.Nodes)
        {
            StepList own = StepList.Held(address.Text, out List<FlexLmDiagnosticStep> told);
            held.Add(told);
            asked.Add(ReachNodeAsync(node, own));
        }

        TriadNode[] nodes = await Task.WhenAll(asked).ConfigureAwait(false);
        ManagerClient? manager = null;
        try
        {
            if (address.IsTriadAssumed && await TriadCheck.FindDifferenceAsync(nodes, session).ConfigureAwait(false) is { } difference)
            {
                throw new SeparateServersException(address, difference, nodes, session);
            }

            AddSource();
            held.ForEach(steps.Release);
            steps.Add(StepNames.Triad, string.Empty, TriadFindings.Describe(nodes), clock);
            return manager = TriadNode.FindMaster(nodes)?.Manager;
        }
        finally
        {
            foreach (TriadNode node in nodes.Where(node => node.Manager is not null && node.Manager != manager))
            {
                node.Manager!.Dispose();
            }
        }
    }

    private async Task<TriadNode> ReachNodeAsync(FlexLmNode node, StepList own)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);
        limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
        var status = new FlexLmServerStatus(ServerAccess.Start(address, node, session)) { Server = PSLabNet.Text.PrintableText.Escape(node.ToString()) };
        ManagerClient? manager = await ReachAsync(node, own, limit.Token).ConfigureAwait(false);
        if (manager is null)
        {
            return new TriadNode(node, status, null);
        }

        IReadOnlyList<string> daemons = address.IsTriadAssumed ? await TriadNode.DaemonsAsync(manager, session.Token).ConfigureAwait(false) : [];
        return TriadNode.Of(node, status, manager, daemons);
    }

    private async Task<ManagerClient?> ReachAsync(FlexLmNode node, StepList own, CancellationToken token)
    {
        Stopwatch clock = Stopwatch.StartNew();
        (IReadOnlyList<IPAddress> addresses, StepFinding name) = await NameFindings.FindAddressesAsync(node.Host, session, token).ConfigureAwait(false);
        own.Add(StepNames.Name, node.Host, name, clock);
        if (addresses.Count == 0)
        {
            own.Skip(node.Host, $"No address of {node.Host} is known.", StepNames.Connect, StepNames.ReverseName, StepNames.Hello);
            return null;
        }

        clock = Stopwatch.StartNew();
        Task<StepFinding>[] reverse = [.. addresses.Select(each => NameFindings.FindNameAsync(each, node.Host, session))];
        var probe = new NodeProbe(node, session);
        await probe.RunAsync(addresses, token).ConfigureAwait(false);
        session.ThrowIfCallerCancelled();
        AddConnects(node, probe, addresses, own);
        for (int index = 0; index < reverse.Length; index++)
        {
            own.Add(StepNames.ReverseName, addresses[index].ToString(), await reverse[index].ConfigureAwait(false));
        }

        AddHellos(node, probe, own);
        return probe.Manager;
    }

    private static void AddConnects(FlexLmNode node, NodeProbe probe, IReadOnlyList<IPAddress> addresses, StepList own)
    {
        foreach (IPAddress each in addresses)
        {
            ConnectAttempt[] attempts = [.. probe.Attempts.Where(attempt => attempt.Remote.Address.Equals(each)).OrderBy(attempt => attempt.Remote.Port)];
            if (attempts.Length == 0)
            {
                own.Skip(each.ToString(), "lmgrd was found at another address.", StepNames.Connect);
                continue;
            }

            bool isHere = probe.Manager?.Remote.Address.Equals(each) ?? false;
            own.Add(
                StepNames.Connect,
                each.ToString(),
                node.Port is null
                    ? ConnectFindings.DescribeSearch(attempts, isHere ? probe.Manager!.Remote.Port : null)
                    : ConnectFindings.Describe(attempts[0], "lmgrd", isElsewhereUp: probe.Manager is not null && !isHere),
                attempts.Max(attempt => attempt.Duration));
        }
    }

    private static void AddHellos(FlexLmNode node, NodeProbe probe, StepList own)
    {
        foreach ((IPEndPoint remote, TimeSpan duration, FlexLmError error) in probe.FailedHellos)
        {
            StepFinding finding = HelloFindings.Describe(remote, error, "lmgrd");
            own.Add(StepNames.Hello, remote.ToString(), probe.Manager is null ? finding : finding with { State = FlexLmStepState.Warning }, duration);
        }

        if (probe.Manager is { } manager)
        {
            own.Add(StepNames.Hello, manager.Remote.ToString(), HelloFindings.Describe(manager), manager.ResponseTime);
        }
        else if (probe.FailedHellos.Count == 0)
        {
            own.Skip(node.Host, "Nothing accepts connections.", StepNames.Hello);
        }
    }
}
