using System.Collections.Generic;
using PSLabNet.FlexLm;

namespace PSLabNet.Parameters;

/// <summary>The users of licenses that this PowerShell has seen, and their hosts, for completion.</summary>
internal static class SeenUsers
{
    private static readonly SeenNames Users = new();
    private static readonly SeenNames Hosts = new();

    public static IEnumerable<KeyValuePair<string, string>> KnownUsers => Users.All;

    public static IEnumerable<KeyValuePair<string, string>> KnownHosts => Hosts.All;

    public static void Add(FlexLmFeature feature)
    {
        Add(feature.Checkouts);
        Add(feature.Reservations);
    }

    public static void Add(IEnumerable<FlexLmCheckout> checkouts)
    {
        foreach (FlexLmCheckout checkout in checkouts)
        {
            Users.AddNew(checkout.User, checkout.Kind == FlexLmCheckoutKind.Reservation ? "has a reservation" : "uses licenses", checkout.Server);
            Hosts.AddNew(checkout.HostName, "has a user of licenses", checkout.Server);
        }
    }
}

/// <summary>Completes -User.</summary>
public sealed class LicenseUserCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known => SeenUsers.KnownUsers;
}

/// <summary>Completes -HostName with the hosts of users.</summary>
public sealed class LicenseUserHostCompleter : SeenCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Known => SeenUsers.KnownHosts;
}
