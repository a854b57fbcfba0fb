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

/// <summary>Whether the names that lmgrd gives, for itself and for vendor daemons, lead to where the daemons are.</summary>
internal static class ServerNameStep
{
    private const string Cure = "Add the name to the name service or to the hosts file of each client, or correct the SERVER line of the license file.";

    /// <summary>Goes on at the host that lmgrd names for itself.</summary>
    /// <returns>The manager there, or the same one.</returns>
    public static async Task<ManagerClient> RunAsync(ManagerClient manager, ServerSession session, StepList steps)
    {
        Stopwatch clock = Stopwatch.StartNew();
        string name = manager.Hello.HostName;
        if (name.Length == 0)
        {
            steps.Add(StepNames.ServerName, string.Empty, StepFinding.Passed("lmgrd gives no name for itself."), clock);
            return manager;
        }

        string? contradiction = await FindContradictionAsync(name, manager.Host, manager.Remote, session).ConfigureAwait(false);
        if (contradiction is null)
        {
            steps.Add(StepNames.ServerName, name, StepFinding.Passed($"lmgrd calls itself {name}, which leads to {manager.Remote.Address}."), clock);
            return manager;
        }

        IPEndPoint asked = manager.Remote;
        ManagerClient named = await manager.FollowAsync([]).ConfigureAwait(false);
        steps.Add(StepNames.ServerName, name, named != manager
            ? StepFinding.Passed($"{asked} sends on to {name}; lmgrd answers there, at {named.Remote}.")
            : new StepFinding(FlexLmStepState.Warning,
                $"lmgrd calls itself {name}, which {contradiction}. {asked.Address} is asked instead. Programs that go by the name fail.", Cure), clock);
        return named;
    }

    /// <summary>Where a name leads to, if not to the address where the daemon was reached; null if it leads there.</summary>
    public static async Task<string?> FindContradictionAsync(string name, string asked, IPEndPoint reached, ServerSession session)
    {
        bool isThisComputer = IPAddress.IsLoopback(reached.Address) && string.Equals(name, Dns.GetHostName(), StringComparison.OrdinalIgnoreCase);
        if (name.Length == 0 || isThisComputer || string.Equals(name, asked, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);
        limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
        (IReadOnlyList<IPAddress> addresses, _) = await NameFindings.FindAddressesAsync(name, session, limit.Token).ConfigureAwait(false);
        return addresses.Count == 0 ? "is not known here"
            : addresses.Any(address => address.Equals(reached.Address)) ? null
            : $"is at {string.Join(", ", addresses.Select(address => address.ToString()))}, where it does not answer";
    }
}
