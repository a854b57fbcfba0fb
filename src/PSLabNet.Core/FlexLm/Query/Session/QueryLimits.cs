using System;

namespace PSLabNet.FlexLm.Query.Session;

/// <summary>Limits of a query, each with its reason.</summary>
internal static class QueryLimits
{
    /// <summary>
    /// Bytes taken from one server over all its connections, beside one text (<see cref="TextLimits"/>): a limit for memory
    /// against a server that never ends. With the default for texts, 64 MiB in all.
    /// </summary>
    public const int BytesBesideText = 48 * 1024 * 1024;

    /// <summary>
    /// What a message counts at least against the bytes of a server: the object made of a short usage frame is
    /// several times as large as the frame.
    /// </summary>
    public const int BytesPerMessage = 256;

    /// <summary>
    /// Requests sent ahead to a daemon, which is one thread that serves everybody's checkouts. It answers each from memory, and others'
    /// requests come between them. With 32, 1,000 features at a distance of 100 ms take 39 round trips, and with 16 they took 73.
    /// </summary>
    public const int Window = 32;

    /// <summary>Requests sent ahead to a daemon that has not shown yet that it answers them in order.</summary>
    public const int FirstWindow = 16;

    /// <summary>Usage frames that are taken beyond the number announced; more is no miscount but an endless stream.</summary>
    public const int SurplusFrames = 4096;

    /// <summary>Characters of a name that is asked for: with up to three bytes each, and what else is in it, 64 KiB hold it, which the oldest servers read.</summary>
    public const int LongestName = 16 * 1024;

    /// <summary>
    /// Lines of a license file that are told not to be understood; of more, only the number is told: each costs more memory
    /// than a short line.
    /// </summary>
    public const int MostFaults = 1000;

    /// <summary>Warnings of one server. After them, one more says that there are others.</summary>
    public const int MostWarnings = 4096;

    /// <summary>Features that one warning names.</summary>
    public const int FeaturesPerWarning = 5;

    /// <summary>Vendor daemons that are looked for on one server. Servers have a few.</summary>
    public const int DaemonsPerServer = 10_000;

    /// <summary>Vendor daemons of one server that are asked at the same time. Servers have a few; one that names thousands must not take all sockets.</summary>
    public const int VendorsAtOnce = 32;

    /// <summary>
    /// Places, each a host and a port, where lmgrd may say that vendor daemons are: a server that lies must not make this
    /// machine look at the ports of others.
    /// </summary>
    public const int PlacesPerServer = 64;

    /// <summary>Addresses of a host that a server names which are tried.</summary>
    public const int AddressesOfName = 8;

    /// <summary>New connections to one vendor daemon because it failed in the middle.</summary>
    public const int Reconnects = 4;

    /// <summary>Questions of a batch that are asked again to prove its order, while licenses are taken and returned.</summary>
    public const int Probes = 4;

    /// <summary>Default ports of lmgrd, tried for <c>@host</c>.</summary>
    public const int FirstPort = 27000;

    /// <summary>Last of the default ports.</summary>
    public const int LastPort = 27009;

    /// <summary>Between attempts at several addresses or ports, so that one that drops packets holds up no other.</summary>
    public static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(200);

    /// <summary>For a name or host that a server names for itself: it may lie, and the rest of the time is needed.</summary>
    public static readonly TimeSpan NamedHost = TimeSpan.FromSeconds(3);

    /// <summary>Silence of a daemon after which the next question is asked, although usage frames are missing.</summary>
    public static readonly TimeSpan UsageSilence = TimeSpan.FromMilliseconds(300);

    /// <summary>Silence between frames that are sent together; after it, another request is used to find their end.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Time of a hello from which on requests are sent ahead to lmgrd. On a shorter line there is nothing to gain, and a manager
    /// that can't take them would cost more.
    /// </summary>
    public static readonly TimeSpan Distant = TimeSpan.FromMilliseconds(5);

    /// <summary>Silence of lmgrd after which requests sent ahead count as lost. It answers each from memory.</summary>
    public static readonly TimeSpan LostCommand = TimeSpan.FromMilliseconds(200);

    /// <summary>Silence after which requests sent ahead count as lost.</summary>
    public static readonly TimeSpan LostRequest = TimeSpan.FromSeconds(1);

    /// <summary>Time for one answer when questions are asked one at a time; a slow daemon gets more by its round trip.</summary>
    public static readonly TimeSpan SingleAnswer = TimeSpan.FromSeconds(2);

    /// <summary>
    /// An answer without which a result is not whole may take this part of the time for the server, if that is more: who
    /// grants a minute knows that something is slow.
    /// </summary>
    public const int PartForNeededAnswer = 5;

    /// <summary>
    /// After the time of a server is over, what has come may still be read and delivered for so long. Without it, a server
    /// that is silent at the end would cost the features that its license file names.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    /// <summary>A server that has not said hello by then is asked again after the servers that wait for their turn.</summary>
    public static readonly TimeSpan SilentServer = TimeSpan.FromMilliseconds(500);

    /// <summary>Round trips that a wait covers at least.</summary>
    public const int RoundTrips = 6;

    /// <summary>A wait inside takes at most this part of the time that is left.</summary>
    public const int PartOfRemaining = 4;
}
