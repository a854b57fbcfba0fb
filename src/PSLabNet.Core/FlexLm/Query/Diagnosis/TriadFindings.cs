using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>Whether enough nodes of a triad answer, and whether they name one master.</summary>
internal static class TriadFindings
{
    // License Administration Guide, "Three-Server Redundancy": two of three.
    private const int Quorum = 2;

    public static StepFinding Describe(IReadOnlyList<TriadNode> nodes)
    {
        TriadNode[] up = [.. nodes.Where(node => node.Manager is not null)];
        string[] down = [.. nodes.Where(node => node.Manager is null).Select(node => node.Status.Server)];
        string counts = FormattableString.Invariant($"{up.Length} of {nodes.Count} nodes answer")
            + (down.Length == 0 ? "." : $"; {string.Join(" and ", down)} {(down.Length == 1 ? "does" : "do")} not.");
        if (up.Length < Quorum)
        {
            return new(FlexLmStepState.Failed, $"{counts} Two must run, or no licenses are served.", "Start lmgrd on the other nodes.");
        }

        string[] masters = [.. up.Select(node => node.NamedMaster).Where(name => name.Length > 0)];
        if (masters.Any(name => !TriadNode.AreSame(name, masters[0])))
        {
            string named = string.Join("; ", up.Where(node => node.NamedMaster.Length > 0).Select(node => $"{node.Status.Server} names {node.NamedMaster}"));
            return new(FlexLmStepState.Failed, $"The nodes do not agree on one master: {named}.",
                "Open the ports of lmgrd and of the vendor daemons between the nodes, check that each has the same license file, and restart those that disagree.");
        }

        string master = masters.Length == 0 ? "They name no master." : $"They name {masters[0]} as the master.";
        bool isMasterDown = masters.Length > 0 && !up.Any(node => node.IsNamed(masters[0])) && nodes.Any(node => node.IsNamed(masters[0]));
        return isMasterDown
            ? new(FlexLmStepState.Warning, $"{counts} {master} It is not among those that answer.", "Wait until the nodes have chosen another master, and check the network between them.")
            : down.Length > 0
                ? new(FlexLmStepState.Warning, $"{counts} {master} Licenses are served, but not if one more node fails.", "Start lmgrd on the missing node.")
                : StepFinding.Passed($"{counts} {master}");
    }
}
