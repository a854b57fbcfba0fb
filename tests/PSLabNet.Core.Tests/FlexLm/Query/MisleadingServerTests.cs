using System;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Query;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>Servers whose license file, host names or list of vendor daemons is incomplete or wrong.</summary>
public sealed class MisleadingServerTests
{
    [Fact]
    public async Task A_license_file_over_64_KiB_in_several_frames_is_read_completely()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.LongLicense });

        Asking asking = await Asking.FeaturesOf(simulator);
        FlexLmLicenseResult license = await new FlexLmClient(asking.Options(20)).GetLicenseAsync(
            Asking.Address(simulator.Server), TestContext.Current.CancellationToken);

        Assert.Equal(5, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
        Assert.True(license.IsComplete);
        Assert.Equal(simulator.LicenseText, license.Text);
    }

    [Fact]
    public async Task A_license_file_stays_known_when_the_server_fails_after_it()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.CloseHalfWay, FaultAfter = 2 });
        using FlexLmSimulator spoiled = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.WrongCrc, FaultAfter = 2 });
        var options = new FlexLmQueryOptions();

        FlexLmLicenseResult closed = await new FlexLmClient(options).GetLicenseAsync(Asking.Address(simulator.Server), TestContext.Current.CancellationToken);
        FlexLmLicenseResult wrong = await new FlexLmClient(options).GetLicenseAsync(Asking.Address(spoiled.Server), TestContext.Current.CancellationToken);

        Assert.Equal((7, null), (closed.Lines.Count, closed.Error));
        Assert.Equal((7, -12, false), (wrong.Lines.Count, wrong.Error!.Code, wrong.IsComplete));
    }

    [Fact]
    public async Task A_license_file_that_is_cut_off_gives_a_warning()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.CutLicense });

        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Contains(asking.Result.Warnings, warning => warning.Contains("may be longer", StringComparison.Ordinal));
        Assert.Equal(5, asking.Features.Count);
        Assert.All(asking.Features, feature =>
        {
            Assert.False(feature.IsComplete);
            Assert.Null(feature.Issued);
            Assert.Equal(FlexLmLicenseType.Unknown, feature.LicenseType);
        });
    }

    [Fact]
    public async Task Wrong_host_names_give_a_warning_and_the_connected_address_is_used()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.UnknownHostNames });

        Asking asking = await Asking.FeaturesOf(simulator);
        FlexLmServerStatus status = await Asking.StatusOf(simulator);

        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
        Assert.Equal(FlexLmState.Up, status.Status);
        Assert.Contains(status.Warnings, warning => warning.Contains("no-such-host.invalid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_named_host_that_rejects_gives_a_warning_and_the_connected_address_is_used()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { HostName = "127.0.0.9", VendorHostName = "127.0.0.9" });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);

        Assert.Equal(FlexLmState.Up, status.Status);
        Assert.Equal(FlexLmState.Up, Assert.Single(status.Vendors).Status);
        Assert.Contains(status.Warnings, warning => warning.Contains("127.0.0.9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_vendor_that_lmgrd_does_not_list_is_found_in_the_license_file()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.HiddenVendor });

        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
    }

    [Fact]
    public async Task A_vendor_that_lmgrd_calls_down_is_down_and_its_features_are_known_from_the_license_file()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.VendorDown });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);
        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal(FlexLmState.Degraded, status.Status);
        Assert.Equal(-97, Assert.Single(status.Vendors).Error!.Code);
        Assert.Equal(5, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.Equal((false, (int?)null, 20), (feature.IsComplete, feature.InUse, feature.Issued)));
    }
}
