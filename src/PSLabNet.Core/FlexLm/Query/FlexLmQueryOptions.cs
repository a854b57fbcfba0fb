using System;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Logging;

namespace PSLabNet.FlexLm.Query;

/// <summary>How servers are asked.</summary>
public sealed record FlexLmQueryOptions
{
    /// <summary>What one server may take as a whole, all its daemons together. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many servers are asked at the same time. Default 32. A server counts until its last connection is closed. One that
    /// is silent for half a second while others wait is asked again after them.
    /// </summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>
    /// How many bytes of one text of a server are taken: of the license file, and of the license sets and feature names of each
    /// vendor daemon. 1 KiB to 1 GiB, default 16 MiB. Lines, pools and names are limited too, to one for each 256 bytes of it.
    /// Warnings say what was left out.
    /// </summary>
    public int MaxTextSize { get; init; } = TextLimits.DefaultBytes;

    /// <summary>
    /// How many requests are sent to a daemon before their answers are there, 1 to 32. Default 32; 1 asks one at a time. A daemon
    /// that has not shown yet that it answers them in order gets 16 at most.
    /// </summary>
    public int Window { get; init; } = QueryLimits.Window;

    /// <summary>Is told what goes over the wire, and of everything odd.</summary>
    public ILabLog Log { get; init; } = LabLog.None;

    /// <summary>What earlier queries have shown of daemons.</summary>
    internal KnownDaemons Known { get; init; } = KnownDaemons.OfProcess;

    /// <summary>Time of a hello from which on requests are sent ahead to lmgrd.</summary>
    internal TimeSpan Distant { get; init; } = QueryLimits.Distant;

    /// <summary>The identity that is sent to the server.</summary>
    internal ClientIdentity Identity { get; init; } = new();

    /// <summary>How daemons are reached.</summary>
    internal IFlexLmNetwork Network { get; init; } = TcpNetwork.Instance;

    /// <summary>Is called when the server has said hello.</summary>
    internal Action OnAnswer { get; init; } = () => { };

    /// <summary>The clock.</summary>
    internal Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.Now;

    /// <summary>What the query of one server needs to know.</summary>
    internal SessionOptions ForSession() => new(Timeout, MaxTextSize, Window, Known, Distant, Log, Identity, Network, OnAnswer, Now);
}
