using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
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
        Assert.Contains("flexlm_feature_issued{app=\"27000@lic2\",name=\"f\",type=\"floating\",vendor=\"MLM\"} 20", series);
        Assert.Contains("flexlm_feature_issued{app=\"27000@lic2\",name=\"f\",type=\"floating\",vendor=\"other\"} 20", series);
    }

    [Fact]
    public void The_vendor_is_a_label_only_where_two_daemons_serve_one_name_unless_it_is_wanted_always()
    {
        FlexLmFeature[] features =
        [
            Feature("27000@lic1", "alphad", 0, inUse: 1), Feature("27000@lic1", "betad", 0, inUse: 2), Feature("27000@lic1", "betad", 0, inUse: 3, name: "g"),
        ];

        string[] needed = Write(new FlexLmMetrics(), features);
        string[] always = Write(new FlexLmMetrics(new FlexLmMetricOptions { Vendors = FlexLmMetricVendors.Always }), features);

        Assert.Contains("flexlm_feature_used{app=\"27000@lic1\",name=\"f\",type=\"floating\",vendor=\"alphad\"} 1", needed);
        Assert.Contains("flexlm_feature_used{app=\"27000@lic1\",name=\"f\",type=\"floating\",vendor=\"betad\"} 2", needed);
        Assert.Contains("flexlm_feature_used_users{app=\"27000@lic1\",name=\"f\",user=\"alice\",since=\"\",vendor=\"betad\"} 2", needed);
        Assert.Contains("flexlm_feature_used{app=\"27000@lic1\",name=\"g\",type=\"floating\"} 3", needed);
        Assert.Contains("flexlm_feature_used{app=\"27000@lic1\",name=\"g\",type=\"floating\",vendor=\"betad\"} 3", always);
    }

    [Fact]
    public void Two_daemons_of_an_lmstat_report_that_serve_one_name_are_two_series()
    {
        var metrics = new FlexLmMetrics();
        using (var file = File.OpenText(Corpus.PathOf("lmstat", "two-daemons-one-name.txt")))
        {
            FlexLmStatReader.Read(file).SelectMany(snapshot => snapshot.Features).ToList().ForEach(metrics.Add);
        }

        string[] series = Write(metrics);

        Assert.Contains("flexlm_feature_issued{app=\"27000@lic1\",name=\"gateway\",type=\"floating\",vendor=\"alphad\"} 35", series);
        Assert.Contains("flexlm_feature_issued{app=\"27000@lic1\",name=\"gateway\",type=\"floating\",vendor=\"betad\"} 75", series);
    }

    [Fact]
    public void A_daemon_that_lmstat_reports_as_down_is_0()
    {
        var metrics = new FlexLmMetrics();
        using (var file = File.OpenText(Corpus.PathOf("lmstat", "two-daemons.txt")))
        {
            FlexLmStatReader.Read(file).SelectMany(snapshot => snapshot.Servers).ToList().ForEach(metrics.Add);
        }

        string[] series = Write(metrics);

        Assert.Contains("flexlm_vendor_status{app=\"27000@lic1\",name=\"alphad\",version=\"11.18.2\"} 1", series);
        Assert.Contains("flexlm_vendor_status{app=\"27000@lic1\",name=\"betad\",version=\"\"} 0", series);
        Assert.Contains("flexlm_server_status{app=\"27000@lic1\",fqdn=\"lic1\",master=\"true\",port=\"27000\",version=\"11.18.2\"} 1", series);
    }

    [Fact]
    public void Users_that_wait_are_counted_and_hosts_and_versions_are_labels_only_where_they_are_wanted()
    {
        var feature = new FlexLmFeature(Feature("27000@lic1", "MLM", 0, inUse: 1))
        {
            Queued = 3,
            Checkouts =
            [
                new FlexLmCheckout { User = "alice", HostName = "ws1", Version = "1.0", Count = 1, Kind = FlexLmCheckoutKind.Checkout },
                new FlexLmCheckout { User = "bob", HostName = "ws2", Version = "1.0", Count = 3, Kind = FlexLmCheckoutKind.Queued },
            ],
        };

        string[] series = Write(new FlexLmMetrics(), feature);
        string[] labeled = Write(new FlexLmMetrics(new FlexLmMetricOptions { UserLabels = FlexLmMetricUserLabels.SinceHostVersion }), feature);

        Assert.Contains("flexlm_feature_queued{app=\"27000@lic1\",name=\"f\",type=\"floating\"} 3", series);
        Assert.Contains("flexlm_feature_used_users{app=\"27000@lic1\",name=\"f\",user=\"alice\",since=\"\"} 1", series);
        Assert.Contains("flexlm_feature_used_users{app=\"27000@lic1\",name=\"f\",user=\"alice\",since=\"\",host=\"ws1\",version=\"1.0\"} 1", labeled);
        Assert.DoesNotContain(labeled, line => line.Contains("bob", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2098-12-31", false)]
    [InlineData("2099-01-01", true)]
    [InlineData("9999-12-31", true)]
    public void A_last_day_in_2099_or_later_is_never_only_where_that_is_wanted(string day, bool isFar)
    {
        DateTimeOffset expires = new(DateTime.Parse(day, CultureInfo.InvariantCulture), TimeSpan.Zero);
        var feature = new FlexLmFeature(Feature("27000@lic1", "MLM", 0, inUse: 0)) { Pools = [new FlexLmPool { Name = "f", IsExpiryKnown = true, Expires = expires }] };
        string seconds = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        Assert.EndsWith("} " + seconds, Expiration(new FlexLmMetricOptions()));
        Assert.EndsWith("} " + (isFar ? "+Inf" : seconds), Expiration(new FlexLmMetricOptions { FarExpiry = FlexLmMetricExpiry.Never }));

        string Expiration(FlexLmMetricOptions options) =>
            Assert.Single(Write(new FlexLmMetrics(options), feature), line => line.StartsWith("flexlm_feature_expiration_seconds", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_statuses_of_one_server_the_failed_one_counts()
    {
        var metrics = new FlexLmMetrics(new FlexLmMetricOptions { App = "lab" });
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

    [Theory]
    [InlineData(null)]
    [InlineData("lab")]
    public void A_server_with_several_names_counts_once(string? app)
    {
        var metrics = new FlexLmMetrics(new FlexLmMetricOptions { App = app });
        var atAddress = new ServerIdentity(new IPEndPoint(IPAddress.Parse("10.0.0.5"), 27000), "lic");
        var atOtherAddress = new ServerIdentity(new IPEndPoint(IPAddress.Parse("192.168.0.5"), 27000), "LIC");
        var other = new ServerIdentity(new IPEndPoint(IPAddress.Parse("10.0.0.6"), 27000), "lic");
        atAddress.NoteLicense("SERVER lic 0123 27000");
        atOtherAddress.NoteLicense("SERVER lic 0123 27000");
        other.NoteLicense("SERVER lic 4567 27000");
        (string Name, ServerIdentity Identity)[] named = [("27000@lic1", atAddress), ("27000@alias", atAddress), ("27000@192.168.0.5", atOtherAddress), ("27000@lic2", other)];
        foreach ((string name, ServerIdentity identity) in named)
        {
            metrics.Add(new FlexLmServerStatus(Server(name, FlexLmState.Up, 0)) { Identity = identity });
            metrics.Add(new FlexLmFeature(Feature(name, "MLM", 0, inUse: 2)) { Identity = identity });
        }

        metrics.Add(new FlexLmFeature(Feature("27000@alias", "MLM", 0, inUse: 3, name: "only")) { Identity = atAddress });
        string[] series = Write(metrics);

        string first = app ?? "27000@lic1";
        string second = app ?? "27000@lic2";
        Assert.DoesNotContain(series, line => line.Contains("alias", StringComparison.Ordinal) || line.Contains("192.168", StringComparison.Ordinal));
        Assert.Contains($"flexlm_feature_used{{app=\"{second}\",name=\"f\",type=\"floating\"}} {(app is null ? 2 : 4)}", series);
        Assert.Contains($"flexlm_feature_used{{app=\"{first}\",name=\"f\",type=\"floating\"}} {(app is null ? 2 : 4)}", series);
        Assert.Contains($"flexlm_feature_used{{app=\"{first}\",name=\"only\",type=\"floating\"}} 3", series);
        Assert.Equal(series.Length, series.Select(line => line.Split("} ")[0]).Distinct().Count());
    }

    [Fact]
    public void A_triad_counts_once_beside_its_nodes_and_a_whole_answer_before_half_of_one()
    {
        var identity = new ServerIdentity(new IPEndPoint(IPAddress.Parse("10.0.0.5"), 27000), "a");
        var other = new ServerIdentity(new IPEndPoint(IPAddress.Parse("10.0.0.6"), 27000), "b");
        var metrics = new FlexLmMetrics();
        metrics.Add(new FlexLmServerStatus(Server("1@b", FlexLmState.Up, 0)) { Identity = identity });
        metrics.Add(new FlexLmServerStatus(Server("1@a,1@b,1@c", FlexLmState.Up, 0)) { Identity = identity, Nodes = [Server("1@a", FlexLmState.Up, 0)] });
        metrics.Add(new FlexLmServerStatus(Server("2@half", FlexLmState.Down, 0)) { Identity = other });
        metrics.Add(new FlexLmServerStatus(Server("2@whole", FlexLmState.Up, 0)) { Identity = other });

        string[] series = Write(metrics);

        Assert.Equal(
            ["flexlm_scrape_error{collector=\"lmstat\",name=\"1@a,1@b,1@c\"} 0", "flexlm_scrape_error{collector=\"lmstat\",name=\"2@whole\"} 0"],
            series.Where(line => line.StartsWith("flexlm_scrape_error", StringComparison.Ordinal)));
    }

    private static string[] Write(FlexLmMetrics metrics, params FlexLmFeature[] features)
    {
        Array.ForEach(features, metrics.Add);
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

    private static FlexLmFeature Feature(string server, string vendor, int minute, int inUse, string name = "f") => new()
    {
        Server = server,
        Vendor = vendor,
        Name = name,
        Issued = 20,
        ReportedInUse = inUse,
        Pools = [new FlexLmPool { Name = "f", Version = "1.0", IsExpiryKnown = true }],
        Checkouts = [new FlexLmCheckout { User = "alice", Count = inUse, Kind = FlexLmCheckoutKind.Checkout }],
        CheckedAt = Now.AddMinutes(minute),
    };
}
