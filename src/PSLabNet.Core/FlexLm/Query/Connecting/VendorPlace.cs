using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Query.Session;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Connecting;

/// <summary>Where a vendor daemon can be reached, the place that lmgrd names first.</summary>
internal sealed record VendorPlace(string Vendor, VendorAddress Named, IReadOnlyList<IPEndPoint> Places, IPEndPoint Fallback, HelloReply? Inside)
{
    /// <summary>The requests to lmgrd among which that for this daemon was, as long as the daemon has not named itself; otherwise null.</summary>
    public LookUpFlight? Flight { get; init; }

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

    /// <summary>What is known of the daemon before it is asked.</summary>
    public FlexLmVendorStatus Describe() =>
        new() { Name = PrintableText.Escape(Vendor), HostName = PrintableText.Escape(Named.HostName), Port = (int)Named.Port };

    public static FlexLmErrorException TooManyPlaces(string vendor) => new(FlexLmErrorTable.Make(
        FlexLmErrorCode.VendorDown,
        $"hello to {PrintableText.Escape(vendor)}",
        FormattableString.Invariant($"(not asked: lmgrd names more than {QueryLimits.PlacesPerServer} places)")));
}
