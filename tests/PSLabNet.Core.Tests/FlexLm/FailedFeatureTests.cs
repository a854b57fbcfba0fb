using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Metrics;
using PSLabNet.FlexLm.Report.Data;
using PSLabNet.FlexLm.Report.Page;
using PSLabNet.FlexLm.Watching;
using PSLabNet.FlexLm.Wire;
using Xunit;

namespace PSLabNet.Tests.FlexLm;

/// <summary>A feature that its vendor daemon does not tell about is visible in everything that shows features.</summary>
public sealed class FailedFeatureTests
{
    private static readonly byte[] Refusal = ErrorReply.Encode(-18);
    private static readonly byte[] Malformed = new FlexLmFrame(FrameType.LicenseStatus, 1, [0, 0, .. "many"u8, 0]).Encode();

    public static TheoryData<byte[]> Answers => [Refusal, Malformed];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task It_has_an_error_and_there_is_one_warning(byte[] answer)
    {
        using ScriptedLicense server = Server(3, request => request.Feature == "f1" ? answer : null);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal((false, true), (asking.Feature("f1").IsComplete, asking.Feature("f1").Error is not null));
        string warning = Assert.Single(asking.Result.Warnings);
        Assert.StartsWith($"{server.Address}, v: the use of 1 of its features is not known: f1. ", warning, StringComparison.Ordinal);
        Assert.EndsWith(asking.Feature("f1").Error!.ToString(), warning, StringComparison.Ordinal);
        Assert.Empty(asking.Result.Errors);
    }

    [Fact]
    public async Task Many_of_them_are_one_warning_that_names_the_first()
    {
        using ScriptedLicense server = Server(100, _ => Refusal);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.All(asking.Features, feature => Assert.Equal(-18, feature.Error!.Code));
        Assert.Contains("the use of 100 of its features is not known: f0, f1, f2, f3, f4 and 95 more. ", Assert.Single(asking.Result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_is_down_is_an_error_and_not_a_warning_for_its_features()
    {
        using var simulator = PSLabNet.Simulation.FlexLm.FlexLmSimulator.Start(
            new PSLabNet.Simulation.FlexLm.FlexLmSimulatorOptions { Fault = PSLabNet.Simulation.FlexLm.FlexLmSimulatorFault.VendorDown });

        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.NotEmpty(asking.Result.Errors);
        Assert.DoesNotContain(asking.Result.Warnings, warning => warning.Contains("features is not known", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_a_scrape_error_of_its_server()
    {
        using ScriptedLicense server = Server(3, request => request.Feature == "f1" ? Refusal : null);
        using ScriptedLicense other = Server(3, _ => null);
        var metrics = new FlexLmMetrics();
        foreach (ScriptedLicense one in new[] { server, other })
        {
            Asking asking = await Asking.FeaturesOf(one.Address);
            metrics.Add(asking.Result.Server);
            asking.Features.ForEach(metrics.Add);
        }

        using var writer = new StringWriter();
        metrics.Write(writer);

        string[] series = [.. writer.ToString().Split('\n').Where(line => line.StartsWith("flexlm_scrape_error{", StringComparison.Ordinal))];
        Assert.Equal(2, series.Length);
        Assert.Contains($"flexlm_scrape_error{{collector=\"lmstat\",name=\"{server.Address}\"}} 1", series);
        Assert.Contains($"flexlm_scrape_error{{collector=\"lmstat\",name=\"{other.Address}\"}} 0", series);
    }

    [Fact]
    public async Task It_is_an_event_once_and_another_when_it_is_known_again()
    {
        bool isRefused = true;
        using ScriptedLicense server = Server(3, request => isRefused && request.Feature == "f1" ? Refusal : null);
        var watch = new FlexLmCheckoutWatch();

        IReadOnlyList<FlexLmCheckoutEvent> first = await LookAsync(watch, server);
        IReadOnlyList<FlexLmCheckoutEvent> second = await LookAsync(watch, server);
        isRefused = false;
        IReadOnlyList<FlexLmCheckoutEvent> third = await LookAsync(watch, server);
        IReadOnlyList<FlexLmCheckoutEvent> fourth = await LookAsync(watch, server);

        FlexLmCheckoutEvent failed = Assert.Single(first);
        Assert.Equal((FlexLmCheckoutEventKind.FeatureFailed, "v", "f1", -18), (failed.Kind, failed.Vendor, failed.Feature, failed.Error!.Code));
        Assert.Equal($"FeatureFailed f1 {server.Address}", failed.ToString());
        Assert.Empty(second);
        Assert.Equal(FlexLmCheckoutEventKind.FeatureRecovered, Assert.Single(third).Kind);
        Assert.Empty(fourth);
    }

    // Each of its two silent features fails with an error of its own; the daemon has the last of them.
    [Fact]
    public async Task A_daemon_that_is_silent_about_features_is_one_event_and_not_one_of_a_feature()
    {
        bool isSilent = true;
        using ScriptedLicense server = new(
            ScriptedLicense.Lines(4),
            vendorAnswer: request => isSilent && request.Is(FrameType.LicenseStatusRequest) && StatusRequest.Decode(request.Frame!).Feature is "f1" or "f3" ? [] : null);
        var watch = new FlexLmCheckoutWatch();

        FlexLmCheckoutEvent failed = Assert.Single(await LookAsync(watch, server));
        isSilent = false;
        FlexLmCheckoutEvent recovered = Assert.Single(await LookAsync(watch, server));

        Assert.Equal((FlexLmCheckoutEventKind.VendorDown, "v", string.Empty, -52), (failed.Kind, failed.Vendor, failed.Feature, failed.Error!.Code));
        Assert.Equal($"VendorDown v {server.Address}", failed.ToString());
        Assert.Equal((FlexLmCheckoutEventKind.VendorUp, "v", null), (recovered.Kind, recovered.Vendor, recovered.Error));
    }

    // The second connection answers everything, so nothing is missing.
    [Fact]
    public async Task A_connection_that_fails_and_leaves_nothing_out_is_no_error()
    {
        int opened = 0;
        using var vendor = new ScriptedServer(ScriptedLicense.AnswerAsVendor) { OnOpen = () => opened++, AnswersPerConnection = 3 };
        using var server = new ScriptedLicense(ScriptedLicense.Lines(3), vendor);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.True(opened > 1);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
        Assert.Equal((0, FlexLmState.Up), (asking.Result.Errors.Count, asking.Result.Server.Status));
        Assert.Empty(asking.Result.Warnings);
    }

    [Fact]
    public async Task It_is_in_the_report_as_incomplete_with_its_error()
    {
        using ScriptedLicense server = Server(3, request => request.Feature == "f1" ? Refusal : null);
        Asking asking = await Asking.FeaturesOf(server.Address);
        var report = new FlexLmReportBuilder();
        report.Add(asking.Result.Server);
        asking.Features.ForEach(report.Add);

        using var writer = new StringWriter();
        FlexLmReportWriter.Write(writer, report.ToReport("r", DateTimeOffset.Now));

        string incomplete = writer.ToString();
        incomplete = incomplete[incomplete.IndexOf("id=\"incomplete\"", StringComparison.Ordinal)..];
        incomplete = incomplete[..incomplete.IndexOf("</section>", StringComparison.Ordinal)];
        Assert.Contains(">f1</a>", incomplete, StringComparison.Ordinal);
        Assert.Contains("(-18)", incomplete, StringComparison.Ordinal);
        Assert.DoesNotContain("Everything that was asked was answered", incomplete, StringComparison.Ordinal);
    }

    private static ScriptedLicense Server(int features, Func<StatusRequest, byte[]?> answer) => new(
        ScriptedLicense.Lines(features),
        vendorAnswer: request => request.Is(FrameType.LicenseStatusRequest) && answer(StatusRequest.Decode(request.Frame!)) is { } bytes ? [bytes] : null);

    private static async Task<IReadOnlyList<FlexLmCheckoutEvent>> LookAsync(FlexLmCheckoutWatch watch, ScriptedLicense server)
    {
        Asking asking = await Asking.FeaturesOf(server.Address);
        return watch.Compare(asking.Result, asking.Features, DateTimeOffset.Now);
    }
}
