using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <summary>Where a vendor daemon can be reached, the place that lmgrd names first.</summary>
internal sealed record VendorPlace(string Vendor, VendorAddress Named, IReadOnlyList<IPEndPoint> Places, IPEndPoint Fallback, HelloReply? Inside)
{
    /// <exception cref="FlexLmErrorException">lmgrd has named more places than a server may.</exception>
    public static async Task<VendorPlace> FindAsync(string vendor, VendorAddress named, ManagerClient manager, ServerSession session)
    {
        // Counted by name before names are looked up, and by address before there is a connection.
        if (!session.TryAddPlace(named.HostName, named.Port))
        {
            throw TooManyPlaces(vendor);
        }

        IPAddress[] addresses = await Connector.FindNamedAsync(named.HostName, manager.Host, manager.Remote, session).ConfigureAwait(false);
        IPEndPoint[] places = [.. addresses.Select(address => new IPEndPoint(address, (int)named.Port)).Where(session.TryAddEndPoint)];
        var fallback = new IPEndPoint(manager.Remote.Address, (int)named.Port);
        if (places.Length == 0 && !session.TryAddEndPoint(fallback))
        {
            throw TooManyPlaces(vendor);
        }

        if (places.Length < addresses.Length)
        {
            session.Warn(FormattableString.Invariant(
                $"The server names more than {QueryLimits.PlacesPerServer} places; those of the host '{PrintableText.Escape(named.HostName)}' beyond them are not asked."));
        }

        // Some managers hold a vendor daemon inside the lmgrd process; then lmgrd itself may answer.
        HelloReply? inside = named.Port == manager.Remote.Port ? manager.Hello : null;
        return new VendorPlace(vendor, named, places, fallback, inside);
    }

    public static FlexLmErrorException TooManyPlaces(string vendor) => new(FlexLmErrorTable.Make(
        FlexLmErrorCode.VendorDown,
        $"hello to {PrintableText.Escape(vendor)}",
        FormattableString.Invariant($"(not asked: lmgrd names more than {QueryLimits.PlacesPerServer} places)")));
}

/// <summary>Talks to a vendor daemon over one connection.</summary>
internal sealed class VendorClient : IDisposable
{
    private readonly FlexLmConnection connection;
    private readonly ServerSession session;

    private VendorClient(FlexLmConnection connection, ServerSession session, VendorPlace place, HelloReply hello, TimeSpan roundTrip)
    {
        this.connection = connection;
        this.session = session;
        Place = place;
        Hello = hello;
        RoundTrip = roundTrip;
    }

    public VendorPlace Place { get; }

    public HelloReply Hello { get; }

    /// <summary>Time of the hello.</summary>
    public TimeSpan RoundTrip { get; }

    public FlexLmGeneration Generation => Hello.Generation;

    public FlexLmConnection Connection => connection;

    /// <summary>
    /// A wait that covers several round trips and takes only a part of the time that is left. It covers at least two
    /// round trips, because no answer of a distant daemon can come sooner.
    /// </summary>
    public TimeSpan WaitFor(TimeSpan least)
    {
        var several = TimeSpan.FromTicks(RoundTrip.Ticks * QueryLimits.RoundTrips);
        var two = TimeSpan.FromTicks(RoundTrip.Ticks * 2);
        TimeSpan limit = session.Limit(least > several ? least : several);
        return limit > two ? limit : two;
    }

    /// <summary>Connects to where lmgrd says that the daemon is, or else to that port of lmgrd's own host, and says hello.</summary>
    /// <exception cref="FlexLmErrorException">Another daemon answers, or one with an error number.</exception>
    public static async Task<VendorClient> ConnectAsync(VendorPlace place, ServerSession session)
    {
        if (place.Places.Count > 0)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Token);
            limit.CancelAfter(session.Limit(QueryLimits.NamedHost));
            try
            {
                var ways = place.Places.Select<IPEndPoint, Func<CancellationToken, Task<VendorClient>>>(
                    remote => token => OpenAsync(remote, place, session, token));
                return await StaggeredConnect.FirstAsync([.. ways], QueryLimits.Stagger, limit.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (ExchangeFault.IsExpected(exception) && !session.Token.IsCancellationRequested)
            {
                string why = exception is FlexLmErrorException failure ? failure.Error.Message : "can't be reached";
                Connector.Warn(session, place.Named.HostName, place.Fallback, why);
            }
        }

        return session.TryAddEndPoint(place.Fallback)
            ? await OpenAsync(place.Fallback, place, session, session.Token).ConfigureAwait(false)
            : throw VendorPlace.TooManyPlaces(place.Vendor);
    }

    public void Dispose() => connection.Dispose();

    /// <summary>Asks for the sets of licenses beside the license file. New generation only.</summary>
    /// <returns>Null if the daemon does not answer; the connection is of no more use then.</returns>
    public async Task<IReadOnlyList<LicenseSet>?> GetLicenseSetsAsync()
    {
        const string Action = "ask for license sets";
        await connection.SendAsync(VendorRequests.LicenseSets(session.UnixTime), Action).ConfigureAwait(false);
        FlexLmMessage? reply = await connection.ReadAsync(WaitFor(QueryLimits.SingleAnswer)).ConfigureAwait(false);
        if (reply is null)
        {
            return null;
        }

        if (reply.Is(FrameType.LicenseSets))
        {
            if (reply.IsCut)
            {
                session.Warn($"{PrintableText.Escape(Place.Vendor)}: license sets may be missing; the vendor daemon does not send all that it announces.");
            }

            return LicenseSetsReply.Decode(reply.Frame!, reply.IsCut);
        }

        if (reply.Is(LegacyKind.Error))
        {
            session.Options.Log.Verbose(FormattableString.Invariant($"{PrintableText.Escape(Place.Vendor)} knows no license sets: error {ErrorReply.Decode(reply.Old!)}."));
            return [];
        }

        throw Exchange.Unexpected(reply, Action);
    }

    private static Task<VendorClient> OpenAsync(IPEndPoint remote, VendorPlace place, ServerSession session, CancellationToken token) =>
        Connector.OpenAsync(
            remote,
            session,
            async connection =>
            {
                Stopwatch clock = Stopwatch.StartNew();
                HelloReply hello = await Exchange.HelloAsync(connection, session, place.Vendor, place.Inside).ConfigureAwait(false);
                ThrowIfOther(hello.Daemon, place);
                return new VendorClient(connection, session, place, hello, clock.Elapsed);
            },
            token);

    // Another program or another vendor's daemon may by now use the port that lmgrd names.
    private static void ThrowIfOther(string daemon, VendorPlace place)
    {
        bool isRight = daemon.Length == 0
            || string.Equals(daemon, place.Vendor, StringComparison.OrdinalIgnoreCase)
            || (place.Inside is not null && string.Equals(daemon, place.Inside.Daemon, StringComparison.OrdinalIgnoreCase));
        if (!isRight)
        {
            throw new FlexLmErrorException(FlexLmErrorTable.Make(
                FlexLmErrorCode.VendorDown,
                $"hello to {PrintableText.Escape(place.Vendor)}",
                $"(the daemon '{PrintableText.Escape(daemon)}' answers in the place of '{PrintableText.Escape(place.Vendor)}')"));
        }
    }
}
