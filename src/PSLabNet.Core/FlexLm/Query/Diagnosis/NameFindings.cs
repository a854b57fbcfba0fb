using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>What the name service says of a host: the addresses of its name, and the name of each address.</summary>
internal static class NameFindings
{
    private const int Shown = 8;

    // Windows asks the network itself for a name that its servers do not know, for more than four seconds.
    private static readonly TimeSpan LongestReverse = TimeSpan.FromSeconds(2);

    /// <summary>The addresses of a host; none if it has none, and then the finding says why.</summary>
    public static async Task<(IReadOnlyList<IPAddress> Addresses, StepFinding Finding)> FindAddressesAsync(string host, ServerSession session, CancellationToken token)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return ([address], StepFinding.Passed($"{host} is an address; there is no name to look up."));
        }

        try
        {
            IPAddress[] found = await session.Names.ResolveAsync(host, token).ConfigureAwait(false);
            string addresses = string.Join(", ", found.Take(Shown).Select(each => each.ToString()));
            string left = found.Length > Shown ? FormattableString.Invariant($"; {found.Length - Shown} more are not tried") : string.Empty;
            return ([.. found.Take(Shown)], StepFinding.Passed($"{host} is {addresses}{left}."));
        }
        catch (SocketException)
        {
            return ([], new StepFinding(FlexLmStepState.Failed, $"The name {host} is not known here.",
                "Correct the name; or add it to the name service, or to this computer's hosts file."));
        }
        catch (OperationCanceledException)
        {
            session.ThrowIfCallerCancelled();
            return ([], new StepFinding(FlexLmStepState.Failed, $"The name service does not answer when asked for {host}.",
                "Check this computer's name servers."));
        }
    }

    /// <summary>The name of an address, and whether that name leads back to it.</summary>
    public static async Task<StepFinding> FindNameAsync(IPAddress address, string host, ServerSession session)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);
        TimeSpan most = session.Limit(LongestReverse);
        limit.CancelAfter(most);
        try
        {
            string name = await session.Names.FindNameAsync(address, limit.Token).ConfigureAwait(false);
            if (name.Length == 0)
            {
                return StepFinding.Passed($"{address} has no name. Licenses do not need one.");
            }

            IPAddress[] back = await session.Names.ResolveAsync(name, limit.Token).ConfigureAwait(false);
            bool leadsBack = back.Any(each => each.Equals(address) || (each.IsIPv4MappedToIPv6 && each.MapToIPv4().Equals(address)));
            string other = TriadNode.AreSame(name, host) || IPAddress.TryParse(host, out _) ? string.Empty : $"; {host} is another name of it";
            return leadsBack ? StepFinding.Passed($"{address} is {name}{other}.") : Contradiction(address, name, string.Join(", ", back.Take(Shown).Select(each => each.ToString())));
        }
        catch (SocketException)
        {
            return Contradiction(address, await session.Names.FindNameAsync(address, limit.Token).ConfigureAwait(false), "not known");
        }
        catch (OperationCanceledException)
        {
            session.ThrowIfCallerCancelled();
            return StepFinding.Skipped($"The name service does not say within {ConnectFindings.Text(most)} which name {address} has.");
        }
    }

    private static StepFinding Contradiction(IPAddress address, string name, string back) =>
        new(FlexLmStepState.Warning, $"{address} is {name} by the name service, but {name} is {back}.",
            "Correct the entries of the name service. Licenses that are bound to host names fail otherwise.");
}
