using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>What a caller gets: license files, errors of its own, and text that is safe to show.</summary>
public sealed class QueryResultTests
{
    [Fact]
    public async Task The_license_file_of_a_server_is_parsed()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 2 });

        FlexLmLicenseResult result = await new FlexLmClient().GetLicenseAsync(
            Asking.Address(simulator.Server), TestContext.Current.CancellationToken);

        Assert.Equal(
            [FlexLmLineKind.Server, FlexLmLineKind.Vendor, FlexLmLineKind.Increment, FlexLmLineKind.Increment],
            result.Lines.Select(line => line.Kind));
        Assert.True(result.IsComplete);
        Assert.Null(result.Error);
        Assert.Equal(simulator.LicenseText, result.Text);
    }

    [Fact]
    public async Task The_license_file_of_a_dead_server_is_an_error()
    {
        FlexLmLicenseResult result = await new FlexLmClient().GetLicenseAsync(
            Asking.Address("1@127.0.0.1"), TestContext.Current.CancellationToken);

        Assert.Equal((-15, false), (result.Error!.Code, result.IsComplete));
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_a_result()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.Silent });
        using var cancelled = new CancellationTokenSource();
        Task<FlexLmServerStatus> asking = new FlexLmClient(new FlexLmQueryOptions { Timeout = TimeSpan.FromMinutes(5) }).GetStatusAsync(
            Asking.Address(simulator.Server), FlexLmFeatureFilter.All, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Wrong_arguments_are_rejected()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var client = new FlexLmClient();
        await Assert.ThrowsAsync<ArgumentNullException>("server", () => client.GetStatusAsync(null!, cancellationToken: token));
        await Assert.ThrowsAsync<ArgumentNullException>("server", () => client.GetLicenseAsync(null!, token));
        Assert.Throws<ArgumentNullException>("server", () => client.GetFeaturesAsync(null!, cancellationToken: token));
        Assert.Throws<ArgumentNullException>("servers", () => client.WatchCheckoutsAsync(null!, cancellationToken: token));
        Assert.Throws<ArgumentOutOfRangeException>("options", () => new FlexLmClient(new FlexLmQueryOptions { Timeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>("options", () => new FlexLmClient(new FlexLmQueryOptions { Timeout = TimeSpan.MaxValue }));
        Assert.Throws<ArgumentException>(() => FlexLmSimulator.Start(new FlexLmSimulatorOptions { LicenseText = "NONSENSE\n" }));
    }

    [Fact]
    public async Task Control_characters_from_the_network_are_escaped()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 1 });
        simulator.Checkout("demo_feature001", "\u001b[31mmallory", "ws\r\n", "tty", 1);

        FlexLmCheckout checkout = Assert.Single(Assert.Single((await Asking.FeaturesOf(simulator)).Features).Checkouts);

        Assert.Equal((@"\x1b[31mmallory", @"ws\x0d\x0a"), (checkout.User, checkout.HostName));
    }

    [Fact]
    public async Task Objects_are_readable_in_one_line()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { FeatureCount = 1, CheckoutCount = 1, ReservationCount = 1 });

        FlexLmFeature feature = Assert.Single((await Asking.FeaturesOf(simulator)).Features);
        FlexLmServerStatus status = await Asking.StatusOf(simulator);

        Assert.Equal("demo_feature001: 2 of 20 in use", feature.ToString());
        Assert.Equal("user1@ws1 demo_feature001 (1)", feature.Checkouts[0].ToString());
        Assert.Equal("Reservation group1 demo_feature001 (1)", feature.Reservations[0].ToString());
        Assert.Equal($"{simulator.Server}: Up", status.ToString());
        Assert.Equal("demo: Up", status.Vendors[0].ToString());
        Assert.Equal("Increment demo_feature001 demo 1.0", feature.Pools[0].Lines[0].ToString());
        Assert.Equal("? of ?", new FlexLmFeature().ToString()[2..8]);
        Assert.Equal("-15 LM_CANTCONNECT: Cannot connect to license server system.", FlexLmErrorTable.Find(15)!.ToString());
    }
}
