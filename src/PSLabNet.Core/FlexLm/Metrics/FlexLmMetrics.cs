using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PSLabNet.FlexLm.Metrics;

/// <summary>
/// License servers and features as metrics, with the names and labels of flexlm_exporter, so that its dashboard and alert
/// rules work unchanged. Its label <c>app</c>, which there is the name that the configuration gives a server, is here the
/// server as the caller named it, unless another name is given.
/// </summary>
internal sealed class FlexLmMetrics
{
    private readonly PrometheusFamily serverStatus = new("flexlm_server_status", "License server status: 1 up, 0 down. One series for each node.") { Combine = Math.Min };
    private readonly PrometheusFamily vendorStatus = new("flexlm_vendor_status", "Vendor daemon status: 1 up, 0 down.") { Combine = Math.Min };
    private readonly PrometheusFamily scrapeError = new("flexlm_scrape_error", "Whether the server could not be asked, or answered incompletely: 1 or 0.") { Combine = Math.Max };

    // Collectors want the state of now: what comes several times, as from a file of several reports, counts as it was last.
    private readonly Newest<string, FlexLmServerStatus> servers = new(server => server.CheckedAt);
    private readonly NewestFeatures features = new();
    private readonly FlexLmMetricOptions options;

    /// <summary>Starts without any series.</summary>
    /// <param name="options">Which labels and series there are; null for those of flexlm_exporter.</param>
    public FlexLmMetrics(FlexLmMetricOptions? options = null) => this.options = options ?? new FlexLmMetricOptions();

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

        var counted = new ServersByIdentity(servers.TakeAll(), features.TakeAll());
        foreach (FlexLmServerStatus server in counted.Statuses)
        {
            AddServer(server);
        }

        var featureMetrics = new FeatureMetrics(options);
        foreach (IGrouping<string, FlexLmFeature> app in counted.Features.GroupBy(feature => AppOf(feature.Server), StringComparer.Ordinal))
        {
            featureMetrics.Add(app.Key, [.. app.OrderBy(feature => feature.Name, StringComparer.Ordinal).ThenBy(feature => feature.Vendor, StringComparer.Ordinal)]);
        }

        IEnumerable<PrometheusFamily> families = [serverStatus, vendorStatus, scrapeError, .. featureMetrics.Families];
        foreach (PrometheusFamily family in families.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            family.Write(writer);
        }
    }

    private string AppOf(string server) => options.App ?? server;

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
}
