using System.Threading;
using PSLabNet.Logging;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The data that all connections to one server share.</summary>
/// <param name="Network">How the server is reached.</param>
/// <param name="Log">Hears what goes over the wire.</param>
/// <param name="Budget">The bytes that are taken from the server.</param>
/// <param name="MaxTextSize">Bytes of one message of text that are taken.</param>
/// <param name="Token">Ends every connection.</param>
internal sealed record ConnectionContext(IFlexLmNetwork Network, ILabLog Log, ByteBudget Budget, int MaxTextSize, CancellationToken Token);
