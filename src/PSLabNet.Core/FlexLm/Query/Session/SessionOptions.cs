using System;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Logging;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>How one server is asked.</summary>
/// <param name="Timeout">What the server may take as a whole, all its daemons together.</param>
/// <param name="MaxTextSize">How many bytes of one text are taken.</param>
/// <param name="Window">How many requests are sent to a vendor daemon before their answers are there, 1 to 32.</param>
/// <param name="Known">What earlier queries have shown of daemons.</param>
/// <param name="Distant">Time of a hello from which on requests are sent ahead to lmgrd.</param>
/// <param name="Log">Is told what goes over the wire, and of everything odd.</param>
/// <param name="Identity">The identity that is sent to the server.</param>
/// <param name="Network">How daemons are reached.</param>
/// <param name="OnAnswer">Is called when the server has said hello.</param>
/// <param name="Now">The clock.</param>
internal sealed record SessionOptions(
    TimeSpan Timeout,
    int MaxTextSize,
    int Window,
    KnownDaemons Known,
    TimeSpan Distant,
    ILabLog Log,
    ClientIdentity Identity,
    IFlexLmNetwork Network,
    Action OnAnswer,
    Func<DateTimeOffset> Now);
