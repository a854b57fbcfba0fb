using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PSLabNet.FlexLm.Metrics;

/// <summary>
/// License servers and features as metrics, with the names and labels of flexlm_exporter, so that its dashboard and alert
/// rules work unchanged. Its label <c>app</c>, which there is the name that the configuration gives a server, is here the
/// server as it was asked for, unless a name is given.
/// </summary>
internal sealed class FlexLmMetrics
{
    private readonly PrometheusFamily serverStatus = new("flexlm_server_status", "License server status: 1 up, 0 down. One series for each node.") { Combine = Math.Min };
    private readonly PrometheusFamily vendorStatus = new("flexlm_vendor_status", "Vendor daemon status: 1 up, 0 down.") { Combine = Math.Min };
    private readonly PrometheusFamily issued = new("flexlm_feature_issued", "Licenses issued.");
    private readonly PrometheusFamily used = new("flexlm_feature_used", "Licenses in use as the server counts them, reserved ones included.");
    private readonly PrometheusFamily usedUsers = new("flexlm_feature_used_users", "Licenses in use by user, with the start as Unix time.");
    private readonly PrometheusFamily reservedGroups = new("flexlm_feature_reserved_groups", "Licenses reserved by group.");
    private readonly PrometheusFamily reservedHosts = new("flexlm_feature_reserved_host", "Licenses reserved by host.");
    private readonly PrometheusFamily expiration = new("flexlm_feature_expiration_seconds", "Last day of the licenses as Unix time, +Inf for never.");
    private readonly PrometheusFamily scrapeError = new("flexlm_scrape_error", "Whether the server could not be asked, or answered incompletely: 1 or 0.") { Combine = Math.Max };

    // Collectors want the state of now: what comes several times, as from a file of several reports, counts as it was last.
    private readonly Newest<string, FlexLmServerStatus> servers = new(server => server.CheckedAt);
    private readonly NewestFeatures features = new();

    /// <summary>Whether users are named, each in a series of its own.</summary>
    public FlexLmMetricUsers Users { get; init; }

    /// <summary>What the label <c>app</c> says; null for the server as it was asked for.</summary>
    public string? App { get; init; }

    private IEnumerable<PrometheusFamily> Families =>
        [expiration, issued, reservedGroups, reservedHosts, used, usedUsers, scrapeError, serverStatus, vendorStatus];

    /// <summary>Takes a server in.</summary>
    /// <param name="server">The server.</param>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> is null.</exception>
    public void Add(FlexLmServerStatus server) =>
        servers.Add((server ?? throw new ArgumentNullException(nameof(server))).Server, server);

    /// <summary>Takes a feature in.</summary>
    /// <param name="feature">The feature.</param>
    /// <exception cref="ArgumentNullException"><paramref name="feature"/> is null.</exception>
    public void Add(FlexLmFeature feature) =>
        features.Add(feature ?? throw new ArgumentNullException(nameof(feature)));

    /// <summary>Writes everything in the text format: families and series in order, each label set once.</summary>
    /// <param name="writer">Where to; UTF-8 without a mark is what collectors read.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);

        foreach (FlexLmServerStatus server in servers.TakeAll())
        {
            AddServer(server);
        }

        foreach (IGrouping<string, FlexLmFeature> app in features.TakeAll().GroupBy(feature => AppOf(feature.Server), StringComparer.Ordinal))
        {
            AddFeatures(app.Key, [.. app.OrderBy(feature => feature.Name, StringComparer.Ordinal).ThenBy(feature => feature.Vendor, StringComparer.Ordinal)]);
        }

        foreach (PrometheusFamily family in Families.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            family.Write(writer);
        }
    }

    private string AppOf(string server) => App ?? server;

    private void AddServer(FlexLmServerStatus server)
    {
        string app = AppOf(server.Server);
        foreach (FlexLmServerStatus node in server.Nodes.Count > 0 ? server.Nodes : [server])
        {
            serverStatus.Add(
                node.Status == FlexLmState.Down ? 0 : 1,
                new("app", app),
                new("fqdn", node.HostName),
                new("master", node.IsMaster ? "true" : "false"),
                new("port", node.Port.ToString(CultureInfo.InvariantCulture)),
                new("version", node.Version));
        }

        foreach (FlexLmVendorStatus vendor in server.Vendors)
        {
            vendorStatus.Add(vendor.Status == FlexLmState.Down ? 0 : 1, new("app", app), new("name", vendor.Name), new("version", vendor.Version));
        }

        // What a vendor daemon did not say is missing from the metrics of its features.
        bool isWhole = server.Error is null && server.Vendors.All(vendor => vendor.Error is null);
        scrapeError.Add(isWhole ? 0 : 1, new("collector", "lmstat"), new("name", app));
    }

    private void AddFeatures(string app, IReadOnlyList<FlexLmFeature> sorted)
    {
        int index = 0;
        foreach (FlexLmFeature feature in sorted)
        {
            var appLabel = new PrometheusLabel("app", app);
            var name = new PrometheusLabel("name", feature.Name);
            var type = new PrometheusLabel("type", feature.LicenseType is FlexLmLicenseType.NodeLocked or FlexLmLicenseType.UncountedNodeLocked ? "node-locked" : "floating");
            if (feature.Issued is { } issuedCount)
            {
                issued.Add(issuedCount, appLabel, name, type);
            }

            if (feature.ReportedInUse is { } usedCount)
            {
                used.Add(usedCount, appLabel, name, type);
            }

            AddUsers(feature, appLabel, name);
            foreach (FlexLmPool pool in feature.Pools.Where(pool => pool.IsExpiryKnown))
            {
                index++;
                expiration.Add(
                    pool.Expires?.ToUnixTimeSeconds() ?? double.PositiveInfinity,
                    appLabel,
                    name,
                    new("index", index.ToString(CultureInfo.InvariantCulture)),
                    new("licenses", (pool.Issued ?? 0).ToString(CultureInfo.InvariantCulture)),
                    new("vendor", feature.Vendor),
                    new("version", pool.Version));
            }
        }
    }

    private void AddUsers(FlexLmFeature feature, PrometheusLabel app, PrometheusLabel name)
    {
        foreach (FlexLmCheckout reservation in feature.Reservations)
        {
            bool isHost = reservation.ReservedFor == "HOST";
            (isHost ? reservedHosts : reservedGroups).Add(reservation.Count, app, name, new(isHost ? "host" : "group", reservation.User));
        }

        if (Users == FlexLmMetricUsers.Leave)
        {
            return;
        }

        foreach (FlexLmCheckout checkout in feature.Checkouts.Where(checkout => checkout.Kind == FlexLmCheckoutKind.Checkout))
        {
            usedUsers.Add(
                checkout.Count, app, name,
                new("user", checkout.User),
                new("since", checkout.Since?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? string.Empty));
        }
    }
}

/// <summary>Whether metrics name users.</summary>
public enum FlexLmMetricUsers
{
    /// <summary>A series for each user and start.</summary>
    Name,

    /// <summary>No series that names a user.</summary>
    Leave,
}
