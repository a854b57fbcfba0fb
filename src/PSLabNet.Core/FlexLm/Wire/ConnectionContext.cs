using System.Threading;
using PSLabNet.Logging;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The data that all connections to one server share.</summary>
/// <param name="Network">How the server is reached.</param>
/// <param name="Log">Receives what is sent and received.</param>
/// <param name="Budget">The limit of the bytes that are accepted from the server.</param>
/// <param name="MaxTextSize">Bytes of one message of text that are taken.</param>
/// <param name="Token">Ends every connection.</param>
internal sealed record ConnectionContext(IFlexLmNetwork Network, ILabLog Log, ByteBudget Budget, int MaxTextSize, CancellationToken Token)
{
    /// <summary>The times in the frames of the server.</summary>
    public FrameTimes Times { get; } = new();
}
