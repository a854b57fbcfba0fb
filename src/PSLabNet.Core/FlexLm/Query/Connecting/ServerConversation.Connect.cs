using System;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <content>The way to a manager.</content>
internal sealed partial class ServerConversation
{
    /// <summary>Connects to a manager, and goes on to the host that it names.</summary>
    /// <exception cref="FlexLmErrorException">It can't be connected to, or does not say hello.</exception>
    public static async Task<ManagerClient> ConnectAsync(FlexLmNode node, ServerSession session)
    {
        try
        {
            ManagerClient manager = await ManagerClient.ConnectAsync(node, session, session.Token).ConfigureAwait(false);
            return await manager.FollowAsync([]).ConfigureAwait(false);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            throw new FlexLmErrorException(ExplainConnect(session, exception, node), exception);
        }
    }

    /// <summary>The error of a manager that can't be connected to, or does not say hello.</summary>
    public static FlexLmError ExplainConnect(ServerSession session, Exception exception, FlexLmNode node) =>
        session.Explain(exception, FlexLmErrorCode.CannotConnect, $"connect to {PrintableText.Escape(node.ToString())}{PortsOf(node)}");

    // The node does not show which ports were tried.
    private static string PortsOf(FlexLmNode node) =>
        node.Port is null ? FormattableString.Invariant($" on ports {QueryLimits.FirstPort} to {QueryLimits.LastPort}") : string.Empty;
}
