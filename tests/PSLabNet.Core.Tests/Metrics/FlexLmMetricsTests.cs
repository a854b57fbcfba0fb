using System;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Metrics;
using PSLabNet.FlexLm.Report.Data;
using Xunit;

namespace PSLabNet.Tests.Metrics;

public sealed class FlexLmMetricsTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_repeated_objects_the_newest_counts_and_nothing_is_added_up()
    {
        var metrics = new FlexLmMetrics();
        foreach (int minute in new[] { 0, 10, 5, 10 })
        {
            metrics.Add(Server("27000@lic1", FlexLmState.Up, minute));
            metrics.Add(Server("27000@lic2", minute == 10 ? FlexLmState.Down : FlexLmState.Up, minute));
        }

        foreach (int minute in new[] { 0, 10, 5 })
        {
            metrics.Add(Feature("27000@lic1", "MLM", minute, inUse: minute));
        }

        string[] series = Write(metrics);

        Assert.Contains("flexlm_feature_issued{app=\"27000@lic1\",name=\"f\",type=\"floating\"} 20", series);
        Assert.Contains("flexlm_feature_used{app=\"27000@lic1\",name=\"f\",type=\"floating\"} 10", series);
        Assert.Contains("flexlm_feature_used_users{app=\"27000@lic1\",name=\"f\",user=\"alice\",since=\"\"} 10", series);
        Assert.Single(series, line => line.StartsWith("flexlm_feature_expiration_seconds", StringComparison.Ordinal));
        Assert.Contains("flexlm_server_status{app=\"27000@lic1\",fqdn=\"lic\",master=\"false\",port=\"27000\",version=\"11.19\"} 1", series);
        Assert.Contains("flexlm_server_status{app=\"27000@lic2\",fqdn=\"lic\",master=\"false\",port=\"27000\",version=\"11.19\"} 0", series);
        Assert.Contains("flexlm_vendor_status{app=\"27000@lic1\",name=\"MLM\",version=\"11.19\"} 1", series);
        Assert.Contains("flexlm_scrape_error{collector=\"lmstat\",name=\"27000@lic2\"} 1", series);
    }

    [Fact]
    public void A_feature_whose_vendor_is_named_only_while_it_is_used_counts_once()
    {
        var metrics = new FlexLmMetrics();
        var report = new FlexLmReportBuilder();
        foreach (FlexLmFeature feature in new[] { Feature("27000@lic1", "MLM", 0, inUse: 1), Feature("27000@lic1", string.Empty, 10, inUse: 0), Feature("27000@lic2", "MLM", 0, inUse: 1), Feature("27000@lic2", "other", 1, inUse: 2) })
        {
            metrics.Add(feature);
            report.Add(feature);
        }

        Assert.Equal([("", 0), ("MLM", 1), ("other", 2)], report.ToReport("r", Now).Features.Select(feature => (feature.Vendor, feature.ReportedInUse)));
        string[] series = Write(metrics);
        Assert.Contains("flexlm_feature_issued{app=\"27000@lic1\",name=\"f\",type=\"floating\"} 20", series);
        Assert.Contains("flexlm_feature_used{app=\"27000@lic1\",name=\"f\",type=\"floating\"} 0", series);
        Assert.Contains("flexlm_feature_issued{app=\"27000@lic2\",name=\"f\",type=\"floating\"} 40", series);
    }

    [Fact]
    public void Of_several_statuses_of_one_server_the_failed_one_counts()
    {
        var metrics = new FlexLmMetrics { App = "lab" };
        metrics.Add(Server("27000@lic1", FlexLmState.Up, 0));
        metrics.Add(Server("27000@lic2", FlexLmState.Down, 0));
        metrics.Add(Server("27000@lic3", FlexLmState.Down, 0));
        metrics.Add(Feature("27000@lic1", "MLM", 0, inUse: 1));
        metrics.Add(Feature("27000@lic2", "MLM", 0, inUse: 2));

        string[] series = Write(metrics);

        Assert.Contains("flexlm_vendor_status{app=\"lab\",name=\"MLM\",version=\"11.19\"} 0", series);
        Assert.Contains("flexlm_scrape_error{collector=\"lmstat\",name=\"lab\"} 1", series);
        Assert.Contains("flexlm_feature_issued{app=\"lab\",name=\"f\",type=\"floating\"} 40", series);
        Assert.Contains("flexlm_feature_used{app=\"lab\",name=\"f\",type=\"floating\"} 3", series);
    }

    private static string[] Write(FlexLmMetrics metrics)
    {
        using var text = new StringWriter();
        metrics.Write(text);
        return [.. text.ToString().Split('\n').Where(line => !line.StartsWith("# ", StringComparison.Ordinal))];
    }

    private static FlexLmServerStatus Server(string name, FlexLmState state, int minute) => new()
    {
        Server = name,
        HostName = "lic",
        Port = 27000,
        Version = "11.19",
        Status = state,
        Vendors = [new FlexLmVendorStatus { Name = "MLM", Version = "11.19", Status = state }],
        Error = state == FlexLmState.Up ? null : new FlexLmError { Code = -15, Message = "Cannot connect to license server system." },
        CheckedAt = Now.AddMinutes(minute),
    };

    private static FlexLmFeature Feature(string server, string vendor, int minute, int inUse) => new()
    {
        Server = server,
        Vendor = vendor,
        Name = "f",
        Issued = 20,
        ReportedInUse = inUse,
        Pools = [new FlexLmPool { Name = "f", Version = "1.0", IsExpiryKnown = true }],
        Checkouts = [new FlexLmCheckout { User = "alice", Count = inUse, Kind = FlexLmCheckoutKind.Checkout }],
        CheckedAt = Now.AddMinutes(minute),
    };
}
