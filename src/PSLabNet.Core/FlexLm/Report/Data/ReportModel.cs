using System;
using System.Collections.Generic;
using System.Linq;

namespace PSLabNet.FlexLm.Report.Data;

/// <summary>The report's objects in the order of the page: servers, their vendor daemons, their features by use.</summary>
internal sealed class ReportModel
{
    private readonly Dictionary<string, ServerGroup> byName = new(StringComparer.Ordinal);
    private readonly List<ServerGroup> servers = [];
    private readonly List<FeatureEntry> features = [];

    public ReportModel(FlexLmReport report)
    {
        Report = report;
        foreach (FlexLmServerStatus status in report.Servers)
        {
            AddServer(status.Server, status);
        }

        foreach (FlexLmFeature feature in report.Features)
        {
            var entry = new FeatureEntry(feature, report.GeneratedAt, report.Thresholds);
            features.Add(entry);
            ServerGroup server = byName.TryGetValue(feature.Server, out ServerGroup? known) ? known : AddServer(feature.Server, null);
            server.Vendor(feature.Vendor).Features.Add(entry);
            CheckoutCount += feature.Checkouts.Count;
        }

        foreach (ServerGroup server in servers)
        {
            server.SortFeatures();
        }

        foreach (ServerGroup server in servers)
        {
            server.SetAge(report);
        }

        NumberFeatures();
        Users = ReportHolder.Of(InOrder());
        Summary = new ReportSummary(this);
    }

    public FlexLmReport Report { get; }

    public IReadOnlyList<ServerGroup> Servers => servers;

    public IReadOnlyList<FeatureEntry> Features => features;

    public long CheckoutCount { get; }

    /// <summary>Who holds what, who holds most first.</summary>
    public IReadOnlyList<ReportHolder> Users { get; }

    public ReportSummary Summary { get; }

    private ServerGroup AddServer(string name, FlexLmServerStatus? status)
    {
        var server = new ServerGroup(name, status, servers.Count + 1);
        servers.Add(server);
        if (!byName.ContainsKey(name))
        {
            byName.Add(name, server);
        }

        return server;
    }

    private void NumberFeatures()
    {
        int number = 0;
        foreach (FeatureEntry entry in InOrder())
        {
            entry.Id = ++number;
        }
    }

    private IEnumerable<FeatureEntry> InOrder() => servers.SelectMany(server => server.Vendors).SelectMany(vendor => vendor.Features);
}

/// <summary>A server with its vendor daemons; without a status if only its features are known.</summary>
internal sealed class ServerGroup
{
    private readonly Dictionary<string, VendorGroup> byName = new(StringComparer.Ordinal);
    private readonly List<VendorGroup> vendors = [];

    public ServerGroup(string name, FlexLmServerStatus? status, int id)
    {
        Name = name;
        Status = status;
        Id = id;
        foreach (FlexLmVendorStatus vendor in status?.Vendors ?? [])
        {
            Vendor(vendor.Name).Status ??= vendor;
        }
    }

    public string Name { get; }

    public FlexLmServerStatus? Status { get; }

    public int Id { get; }

    public IReadOnlyList<VendorGroup> Vendors => vendors;

    public VendorGroup Vendor(string name)
    {
        if (!byName.TryGetValue(name, out VendorGroup? vendor))
        {
            vendor = new VendorGroup(name);
            byName.Add(name, vendor);
            vendors.Add(vendor);
        }

        return vendor;
    }

    /// <summary>How old the newest that is known of it is, if that is old; null otherwise.</summary>
    public TimeSpan? Age { get; private set; }

    public void SetAge(FlexLmReport report)
    {
        DateTimeOffset newest = Status?.CheckedAt ?? default;
        foreach (FeatureEntry entry in vendors.SelectMany(vendor => vendor.Features))
        {
            newest = entry.Feature.CheckedAt > newest ? entry.Feature.CheckedAt : newest;
        }

        TimeSpan age = report.GeneratedAt - newest;
        Age = newest != default && age >= report.Thresholds.Age ? age : null;
    }

    public void SortFeatures()
    {
        foreach (VendorGroup vendor in vendors)
        {
            vendor.Features.Sort(FeatureEntry.ByUse);
        }
    }
}

/// <summary>A vendor daemon with its features.</summary>
internal sealed class VendorGroup
{
    public VendorGroup(string name) => Name = name;

    public string Name { get; }

    public FlexLmVendorStatus? Status { get; set; }

    public List<FeatureEntry> Features { get; } = [];
}
