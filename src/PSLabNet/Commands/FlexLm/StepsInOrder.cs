using System;
using System.Collections.Generic;
using PSLabNet.FlexLm;

namespace PSLabNet.Commands.FlexLm;

/// <summary>
/// Writes the steps of servers in the order in which the servers were named: those of the server whose turn it is as soon as they
/// are known, those of the others when it is their turn. Each step is written once.
/// </summary>
internal sealed class StepsInOrder(IEnumerable<FlexLmServerAddress> servers, Action<FlexLmDiagnosticStep> write)
{
    private readonly List<FlexLmServerAddress> waiting = [.. servers];
    private readonly Dictionary<FlexLmServerAddress, List<FlexLmDiagnosticStep>> early = [];
    private readonly HashSet<FlexLmDiagnosticStep> written = [];

    /// <summary>Takes a step that has just become known.</summary>
    public void Add(FlexLmServerAddress server, FlexLmDiagnosticStep step)
    {
        if (waiting.Count > 0 && waiting[0] == server)
        {
            Write(step);
        }
        else if (early.TryGetValue(server, out List<FlexLmDiagnosticStep>? steps))
        {
            steps.Add(step);
        }
        else
        {
            early.Add(server, [step]);
        }
    }

    /// <summary>Takes all steps of a server, or of one of the three that were named like a triad, when they are to be written.</summary>
    public void End(FlexLmServerAddress server, IEnumerable<FlexLmDiagnosticStep> all)
    {
        foreach (FlexLmDiagnosticStep step in all)
        {
            Write(step);
        }

        waiting.Remove(server.Asked);
        if (waiting.Count > 0 && early.TryGetValue(waiting[0], out List<FlexLmDiagnosticStep>? next))
        {
            early.Remove(waiting[0]);
            next.ForEach(Write);
        }
    }

    private void Write(FlexLmDiagnosticStep step)
    {
        if (written.Add(step))
        {
            write(step);
        }
    }
}
