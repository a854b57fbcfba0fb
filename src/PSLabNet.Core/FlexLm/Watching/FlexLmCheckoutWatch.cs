using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Watching;

/// <summary>
/// Compares each query of a license server with the one before; the first is the baseline. A query that failed says
/// nothing about missing checkouts: an outage returns no licenses. Where a server lists fewer entries than it has
/// licenses in use (one checkout may hold several), a new entry counts at once, and a missing one when it is missing
/// twice. A feature that the vendor daemon does not tell about is an event once, and another when it does again. So is a
/// vendor daemon that can't be queried.
/// </summary>
internal sealed class FlexLmCheckoutWatch
{
    private readonly Dictionary<string, Known> servers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds the result of a query.</summary>
    /// <param name="look">The server and its errors.</param>
    /// <param name="features">The features that it listed.</param>
    /// <param name="time">Time of the query.</param>
    /// <returns>What changed since the last query.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public IReadOnlyList<FlexLmCheckoutEvent> Compare(FlexLmFeatureResult look, IReadOnlyCollection<FlexLmFeature> features, DateTimeOffset time)
    {
        if (look is null || features is null)
        {
            throw new ArgumentNullException(look is null ? nameof(look) : nameof(features));
        }

        var events = new List<FlexLmCheckoutEvent>();
        string name = look.Server.Server;
        bool isDown = look.Server.Status == FlexLmState.Down;
        if (!servers.TryGetValue(name, out Known? known))
        {
            servers.Add(name, known = new Known());
            known.IsDown = isDown;
            if (isDown)
            {
                events.Add(ServerEvent(FlexLmCheckoutEventKind.ServerDown, look.Server, time));
            }
        }
        else if (known.IsDown != isDown)
        {
            known.IsDown = isDown;
            events.Add(ServerEvent(isDown ? FlexLmCheckoutEventKind.ServerDown : FlexLmCheckoutEventKind.ServerUp, look.Server, time));
        }

        if (!isDown)
        {
            CompareVendors(known, look.Server, time, events);
            CompareFeatures(known, look, features, time, events);
        }

        return events;
    }

    private static void CompareVendors(Known known, FlexLmServerStatus server, DateTimeOffset time, List<FlexLmCheckoutEvent> events)
    {
        foreach (FlexLmVendorStatus vendor in server.Vendors)
        {
            if (vendor.Error is null ? known.DownVendors.Remove(vendor.Name) : known.DownVendors.Add(vendor.Name))
            {
                events.Add(new FlexLmCheckoutEvent
                {
                    Time = time,
                    Kind = vendor.Error is null ? FlexLmCheckoutEventKind.VendorUp : FlexLmCheckoutEventKind.VendorDown,
                    Server = server.Server,
                    Vendor = vendor.Name,
                    Error = vendor.Error,
                });
            }
        }
    }

    private static void CompareFeatures(
        Known known, FlexLmFeatureResult look, IReadOnlyCollection<FlexLmFeature> features, DateTimeOffset time, List<FlexLmCheckoutEvent> events)
    {
        // A feature that is no longer listed is gone only if every daemon that should list it answered.
        bool isWhole = look.Server.Error is null && look.Errors.Count == 0;
        var listed = new HashSet<(string, string)>();
        foreach (FlexLmFeature feature in features)
        {
            (string Vendor, string Name) key = (feature.Vendor, feature.Name);
            listed.Add(key);
            CompareFailure(known, key, look, feature, time, events);
            if (IsOverrun(feature))
            {
                continue;
            }

            List<FlexLmCheckout> now = [.. feature.Checkouts.Where(checkout => checkout.Kind == FlexLmCheckoutKind.Checkout)];
            if (!known.Checkouts.TryGetValue(key, out List<FlexLmCheckout>? before))
            {
                if (feature.Error is not null && !known.IsSeen)
                {
                    // Its holders were never listed completely, so there is no baseline yet.
                    continue;
                }

                before = known.IsSeen ? [] : now;
            }

            List<FlexLmCheckout> missing = Compare(before, now, time, events);
            // Not a comparison of sets: of several equal entries, each one can be missing.
            ILookup<bool, FlexLmCheckout> isBelieved =
                missing.ToLookup(one => feature.IsComplete || (feature.Error is null && known.MissedBefore.Contains(one)));
            events.AddRange(isBelieved[true].Select(returned => CheckoutEvent(FlexLmCheckoutEventKind.Returned, returned, time)));
            List<FlexLmCheckout> doubted = [.. isBelieved[false]];
            known.MissedBefore.ExceptWith(before);
            known.MissedBefore.UnionWith(feature.Error is null ? doubted : []);
            known.Checkouts[key] = [.. now, .. doubted];
        }

        if (isWhole)
        {
            foreach ((string, string) gone in known.Checkouts.Keys.Where(key => !listed.Contains(key)).ToArray())
            {
                events.AddRange(known.Checkouts[gone].Select(returned => CheckoutEvent(FlexLmCheckoutEventKind.Returned, returned, time)));
                known.Checkouts.Remove(gone);
            }

            known.Failed.IntersectWith(listed);
            known.DownVendors.Clear();
            known.IsSeen = true;
        }
    }

    // A failure of the server, of a vendor daemon or of a connection says nothing about a single feature.
    private static void CompareFailure(
        Known known, (string Vendor, string Name) key, FlexLmFeatureResult look, FlexLmFeature feature, DateTimeOffset time, List<FlexLmCheckoutEvent> events)
    {
        bool isFailed = feature.Error is { IsOfConnection: false } error && !look.Errors.Contains(error);
        if (isFailed ? known.Failed.Add(key) : feature.Error is null && known.Failed.Remove(key))
        {
            events.Add(new FlexLmCheckoutEvent
            {
                Time = time,
                Kind = isFailed ? FlexLmCheckoutEventKind.FeatureFailed : FlexLmCheckoutEventKind.FeatureRecovered,
                Server = look.Server.Server,
                Vendor = feature.Vendor,
                Feature = feature.Name,
                Error = feature.Error,
            });
        }
    }

    // More entries than licenses, and then an error: an endless stream looks like this. Its real entries cannot be
    // distinguished from the others, and thousands of events would report checkouts that do not exist.
    private static bool IsOverrun(FlexLmFeature feature) =>
        feature.Error is not null && feature.ReportedInUse is { } inUse && feature.Checkouts.Count + feature.Reservations.Count > inUse;

    // Reports the entries that are new, and returns those that are missing. The same user may hold several equal
    // entries: each counts.
    private static List<FlexLmCheckout> Compare(List<FlexLmCheckout> before, List<FlexLmCheckout> now, DateTimeOffset time, List<FlexLmCheckoutEvent> events)
    {
        var left = now.ToLookup(KeyOf).ToDictionary(group => group.Key, group => new Queue<FlexLmCheckout>(group));
        var missing = new List<FlexLmCheckout>();
        foreach (FlexLmCheckout old in before)
        {
            if (left.TryGetValue(KeyOf(old), out Queue<FlexLmCheckout>? same) && same.Count > 0)
            {
                same.Dequeue();
            }
            else
            {
                missing.Add(old);
            }
        }

        events.AddRange(left.Values.SelectMany(checkouts => checkouts).Select(taken => CheckoutEvent(FlexLmCheckoutEventKind.Taken, taken, time)));
        return missing;
    }

    private static (string User, string Host, string Display, string Handle, DateTimeOffset? Since) KeyOf(FlexLmCheckout checkout) =>
        (checkout.User, checkout.HostName, checkout.Display, checkout.Handle, checkout.Since);

    private static FlexLmCheckoutEvent CheckoutEvent(FlexLmCheckoutEventKind kind, FlexLmCheckout checkout, DateTimeOffset time) => new()
    {
        Time = time,
        Kind = kind,
        Server = checkout.Server,
        Vendor = checkout.Vendor,
        Feature = checkout.Feature,
        User = checkout.User,
        HostName = checkout.HostName,
        Count = checkout.Count,
        Checkout = checkout,
    };

    private static FlexLmCheckoutEvent ServerEvent(FlexLmCheckoutEventKind kind, FlexLmServerStatus server, DateTimeOffset time) =>
        new() { Time = time, Kind = kind, Server = server.Server, Error = kind == FlexLmCheckoutEventKind.ServerDown ? server.Error : null };

    private sealed class Known
    {
        public bool IsDown { get; set; }

        // Whether a query was complete. Only then is a feature new if no earlier query listed it.
        public bool IsSeen { get; set; }

        public HashSet<string> DownVendors { get; } = new(StringComparer.OrdinalIgnoreCase);

        public HashSet<FlexLmCheckout> MissedBefore { get; } = [];

        public HashSet<(string Vendor, string Name)> Failed { get; } = [];

        public Dictionary<(string Vendor, string Name), List<FlexLmCheckout>> Checkouts { get; } = [];
    }
}
