using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PSLabNet.FlexLm.Metrics;

/// <summary>The metrics of features: licenses, users, reservations and last days.</summary>
internal sealed class FeatureMetrics
{
    // Many publishers write 1-jan-2099 or later for a license that never expires.
    private static readonly DateTime FirstFarDay = new(2099, 1, 1);

    private readonly PrometheusFamily issued = new("flexlm_feature_issued", "Licenses issued.");
    private readonly PrometheusFamily used = new("flexlm_feature_used", "Licenses in use as the server counts them, reserved ones included.");
    private readonly PrometheusFamily queued = new("flexlm_feature_queued", "Licenses that users wait for.");
    private readonly PrometheusFamily usedUsers = new("flexlm_feature_used_users", "Licenses in use by user, with the start as Unix time.");
    private readonly PrometheusFamily reservedGroups = new("flexlm_feature_reserved_groups", "Licenses reserved by group.");
    private readonly PrometheusFamily reservedHosts = new("flexlm_feature_reserved_host", "Licenses reserved by host.");
    private readonly PrometheusFamily expiration = new("flexlm_feature_expiration_seconds", "Last day of the licenses as Unix time, +Inf for never.");
    private readonly FlexLmMetricOptions options;

    public FeatureMetrics(FlexLmMetricOptions options) => this.options = options;

    public IEnumerable<PrometheusFamily> Families => [issued, used, queued, usedUsers, reservedGroups, reservedHosts, expiration];

    /// <summary>Adds the features of one value of the label <c>app</c>, sorted by name and vendor.</summary>
    public void Add(string app, IReadOnlyList<FlexLmFeature> sorted)
    {
        HashSet<string> shared = SharedNames(sorted);
        int index = 0;
        foreach (FlexLmFeature feature in sorted)
        {
            PrometheusLabel[] labels = [new("app", app), new("name", feature.Name)];
            PrometheusLabel[] vendor = options.Vendors == FlexLmMetricVendors.Always || shared.Contains(feature.Name) ? [new("vendor", feature.Vendor)] : [];
            AddCounts(feature, labels, vendor);
            AddReservations(feature, labels, vendor);
            AddUsers(feature, labels, vendor);
            foreach (FlexLmPool pool in feature.Pools.Where(pool => pool.IsExpiryKnown))
            {
                index++;
                AddExpiration(feature, pool, labels, index);
            }
        }
    }

    // Names that several vendor daemons serve. A server that names no daemon still lists the features of each.
    private static HashSet<string> SharedNames(IReadOnlyList<FlexLmFeature> features)
    {
        var shared = new HashSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<string, FlexLmFeature> same in features.GroupBy(feature => feature.Name, StringComparer.Ordinal))
        {
            if (HaveSeveralVendors(same.Where(feature => feature.Vendor.Length > 0))
                || same.GroupBy(feature => feature.Server, StringComparer.Ordinal).Any(HaveSeveralVendors))
            {
                shared.Add(same.Key);
            }
        }

        return shared;
    }

    private static bool HaveSeveralVendors(IEnumerable<FlexLmFeature> features) =>
        features.Select(feature => feature.Vendor).Distinct(StringComparer.Ordinal).Skip(1).Any();

    private void AddCounts(FlexLmFeature feature, PrometheusLabel[] labels, PrometheusLabel[] vendor)
    {
        var type = new PrometheusLabel("type", feature.LicenseType is FlexLmLicenseType.NodeLocked or FlexLmLicenseType.UncountedNodeLocked ? "node-locked" : "floating");
        AddCount(issued, feature.Issued, [.. labels, type, .. vendor]);
        AddCount(used, feature.ReportedInUse, [.. labels, type, .. vendor]);
        AddCount(queued, feature.Queued, [.. labels, type, .. vendor]);
    }

    private static void AddCount(PrometheusFamily family, int? count, PrometheusLabel[] labels)
    {
        if (count is { } known)
        {
            family.Add(known, labels);
        }
    }

    private void AddReservations(FlexLmFeature feature, PrometheusLabel[] labels, PrometheusLabel[] vendor)
    {
        foreach (FlexLmCheckout reservation in feature.Reservations)
        {
            bool isHost = reservation.ReservedFor == "HOST";
            (isHost ? reservedHosts : reservedGroups).Add(reservation.Count, [.. labels, new(isHost ? "host" : "group", reservation.User), .. vendor]);
        }
    }

    private void AddUsers(FlexLmFeature feature, PrometheusLabel[] labels, PrometheusLabel[] vendor)
    {
        if (options.Users == FlexLmMetricUsers.Leave)
        {
            return;
        }

        foreach (FlexLmCheckout checkout in feature.Checkouts.Where(checkout => checkout.Kind == FlexLmCheckoutKind.Checkout))
        {
            string since = checkout.Since?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? string.Empty;
            PrometheusLabel[] more = options.UserLabels == FlexLmMetricUserLabels.SinceHostVersion
                ? [new("host", checkout.HostName), new("version", checkout.Version)]
                : [];
            usedUsers.Add(checkout.Count, [.. labels, new("user", checkout.User), new("since", since), .. more, .. vendor]);
        }
    }

    private void AddExpiration(FlexLmFeature feature, FlexLmPool pool, PrometheusLabel[] labels, int index)
    {
        DateTimeOffset? last = options.FarExpiry == FlexLmMetricExpiry.Never && pool.Expires?.Date >= FirstFarDay ? null : pool.Expires;
        expiration.Add(
            last?.ToUnixTimeSeconds() ?? double.PositiveInfinity,
            [
                .. labels,
                new("index", index.ToString(CultureInfo.InvariantCulture)),
                new("licenses", (pool.Issued ?? 0).ToString(CultureInfo.InvariantCulture)),
                new("vendor", feature.Vendor),
                new("version", pool.Version),
            ]);
    }
}
