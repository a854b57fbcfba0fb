using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Net;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Connecting;

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
    public TimeSpan WaitFor(TimeSpan least) => session.WaitFor(least, RoundTrip);

    /// <summary>Connects to where lmgrd says that the daemon is, or else to that port of lmgrd's own host, and says hello.</summary>
    /// <exception cref="FlexLmErrorException">Another daemon answers, or one with an error number.</exception>
    public static async Task<VendorClient> ConnectAsync(VendorPlace place, ServerSession session)
    {
        if (place.Flight is not { } flight)
        {
            return await ConnectToAsync(place, session).ConfigureAwait(false);
        }

        place = place with { Flight = null };
        Task<VendorClient> first = ConnectToAsync(place, session);
        await Task.WhenAny(first).ConfigureAwait(false);
        VendorClient? client = first.Status == TaskStatus.RanToCompletion ? first.Result : null;
        bool isNamed = client is not null && string.Equals(client.Hello.Daemon, place.Vendor, StringComparison.OrdinalIgnoreCase);
        flight.Note(place.Vendor, isNamed);
        return isNamed ? client! : await ConnectAgainAsync(first, place, flight, session).ConfigureAwait(false);
    }

    // The place may be that of another daemon. Where lmgrd names it again, asked for nothing else, the first result counts.
    private static async Task<VendorClient> ConnectAgainAsync(Task<VendorClient> first, VendorPlace place, LookUpFlight flight, ServerSession session)
    {
        VendorPlace alone;
        try
        {
            alone = await flight.FindAloneAsync(place.Vendor).ConfigureAwait(false);
        }
        catch (Exception exception) when (ExchangeFault.IsExpected(exception))
        {
            if (first.Status != TaskStatus.RanToCompletion)
            {
                // Why the daemon can't be asked says more than why lmgrd can't.
                return await first.ConfigureAwait(false);
            }

            Close(first);
            throw;
        }

        if (alone.Named == place.Named)
        {
            return await first.ConfigureAwait(false);
        }

        flight.NoteDisorder();
        Close(first);
        return await ConnectToAsync(alone, session).ConfigureAwait(false);
    }

    private static void Close(Task<VendorClient> connecting)
    {
        if (connecting.Status == TaskStatus.RanToCompletion)
        {
            connecting.Result.Dispose();
        }
        else
        {
            connecting.Abandon();
        }
    }

    private static async Task<VendorClient> ConnectToAsync(VendorPlace place, ServerSession session)
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

    /// <summary>A daemon that has said hello.</summary>
    public FlexLmVendorStatus Describe() => new(Place.Describe()) { Status = FlexLmState.Up, Version = Hello.Version, Generation = Generation };

    public void Dispose() => connection.Dispose();

    /// <summary>True if an answer did not come, or is longer than what is taken: the connection is of no more use.</summary>
    public bool IsOutOfStep { get; private set; }

    /// <summary>Asks for the sets of licenses beside the license file. New generation only.</summary>
    /// <returns>Null if the daemon does not answer.</returns>
    public async Task<IReadOnlyList<LicenseSet>?> GetLicenseSetsAsync()
    {
        const string Action = "ask for license sets";
        await connection.SendAsync(VendorRequests.LicenseSets(session.UnixTime), Action).ConfigureAwait(false);
        FlexLmMessage? reply = await connection.ReadAsync(WaitFor(QueryLimits.SingleAnswer)).ConfigureAwait(false);
        if (reply is null)
        {
            IsOutOfStep = true;
            return null;
        }

        if (reply.Is(FrameType.LicenseSets))
        {
            IsOutOfStep = reply.IsTooLong;
            if (reply.IsTooLong)
            {
                session.Warn(session.Text.TooLong($"{PrintableText.Escape(Place.Vendor)}: the text of the license sets is"));
            }
            else if (reply.IsCut)
            {
                session.Warn($"{PrintableText.Escape(Place.Vendor)}: license sets may be missing; the vendor daemon does not send all that it announces.");
            }

            IReadOnlyList<LicenseSet> sets = LicenseSetsReply.Decode(reply.Frame!, reply.IsCut);
            if (sets.Count == LicenseSetsReply.MostSets)
            {
                session.Warn(FormattableString.Invariant($"{PrintableText.Escape(Place.Vendor)}: only the first {sets.Count} license sets are read."));
            }

            return sets;
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
