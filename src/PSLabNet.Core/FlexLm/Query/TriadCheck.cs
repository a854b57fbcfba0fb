using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Connecting;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query;

/// <summary>
/// Finds out whether three hosts that were joined by commas are the nodes of one triad. PowerShell, too, joins servers by
/// commas: a script that is started with <c>pwsh -File</c> gets <c>a,b,c</c> as one string.
/// </summary>
/// <remarks>
/// Nodes of a triad have the same vendor daemons, and name the same host as their master. If it is another host than
/// the one that was asked, that settles it. Otherwise, the license files decide: that of a triad has three SERVER lines.
/// </remarks>
internal static class TriadCheck
{
    private const int ServerLinesOfTriad = 3;

    /// <summary>What shows that the nodes are servers of their own; null if they are one server, or if nothing is known.</summary>
    public static async Task<string?> FindDifferenceAsync(IReadOnlyList<TriadNode> nodes, ServerSession session)
    {
        TriadNode[] up = [.. nodes.Where(node => node.Manager is not null)];
        if (DifferentDaemons(up) is { } daemons)
        {
            return daemons;
        }

        string[] masters = [.. up.Select(node => node.NamedMaster).Where(name => name.Length > 0)];
        bool isOneMaster = masters.All(name => TriadNode.AreSame(name, masters[0]));
        bool isOtherNode = isOneMaster && Array.Exists(up, node => !node.IsNamed(node.NamedMaster) && nodes.Any(other => other.IsNamed(node.NamedMaster)));
        if (up.Length == 0 || (up.Length > 1 && isOtherNode))
        {
            return null;
        }

        IReadOnlyList<string>[] hosts = await Task.WhenAll(up.Select(node => ServerLinesAsync(node.Manager!, session))).ConfigureAwait(false);
        IReadOnlyList<string>[] known = [.. hosts.Where(lines => lines.Count > 0)];
        if (known.Length == 0)
        {
            bool isOneHost = nodes.Count(node => masters.Any(node.IsNamed)) > 1;
            return isOneMaster && !isOneHost ? null : Masters(up);
        }

        bool isTriad = known.All(lines => lines.Count == ServerLinesOfTriad && lines.SequenceEqual(known[0], StringComparer.OrdinalIgnoreCase));
        return isTriad ? null : "no license file of theirs names all three in its SERVER lines";
    }

    private static string? DifferentDaemons(IEnumerable<TriadNode> up)
    {
        string[] lists =
        [
            .. up.Where(node => node.Daemons.Count > 0)
                .Select(node => string.Join(" ", node.Daemons.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.OrdinalIgnoreCase)))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        return lists.Length > 1 ? $"their vendor daemons differ ({PrintableText.EscapeStart(string.Join("; ", lists))})" : null;
    }

    private static string Masters(IEnumerable<TriadNode> up) =>
        $"they do not name one master ({string.Join("; ", up.Select(node => $"{node.Status.Server} names {PrintableText.EscapeStart(node.NamedMaster)}"))})";

    // The hosts of the SERVER lines, in order; none where they are not known. It is asked on a connection of its own, which
    // can be given up where it takes too long.
    private static async Task<IReadOnlyList<string>> ServerLinesAsync(ManagerClient node, ServerSession session)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);
        limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
        try
        {
            var place = new FlexLmNode(node.Remote.Address.ToString(), node.Remote.Port);
            using ManagerClient manager = await ManagerClient.ConnectAsync(place, session, limit.Token).ConfigureAwait(false);
            using (limit.Token.Register(manager.Dispose))
            {
                var conversation = new ServerConversation(manager, session, place.ToString(), FlexLmFeatureFilter.All);
                await conversation.ReadLicenseAsync().ConfigureAwait(false);
                return
                [
                    .. conversation.Lines.Where(line => line.Kind == FlexLmLineKind.Server).Select(line => line.Feature)
                        .Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(host => host, StringComparer.OrdinalIgnoreCase),
                ];
            }
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            session.ThrowIfCallerCancelled();
            return [];
        }
    }
}
