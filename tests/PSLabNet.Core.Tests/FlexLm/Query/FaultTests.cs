using System;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>Never hang, never lie: each fault against a real socket.</summary>
public sealed class FaultTests
{
    // Long enough for a slow machine if the fault shows by itself; short if only the deadline ends the query.
    private const double Generous = 60;
    private const double Short = 4;

    [Theory]
    [InlineData(FlexLmSimulatorFault.Refuse, -15, Generous)]
    [InlineData(FlexLmSimulatorFault.Silent, -16, Short)]
    [InlineData(FlexLmSimulatorFault.OneBytePerSecond, -16, Short)]
    [InlineData(FlexLmSimulatorFault.CloseHalfWay, -16, Generous)]
    [InlineData(FlexLmSimulatorFault.WrongCrc, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.WrongCheckByte, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.AbsurdLength, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.UnknownType, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.UnknownFirstByte, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.Error, -60, Generous)]
    [InlineData(FlexLmSimulatorFault.Authenticated, -33, Generous)]
    public async Task A_manager_that_fails_is_down_with_a_typed_error(FlexLmSimulatorFault fault, int code, double seconds)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = fault });

        Task<FlexLmServerStatus> asked = Asking.StatusOf(simulator, seconds);
        Asking features = await Asking.FeaturesOf(simulator, seconds);
        FlexLmServerStatus status = await asked;

        Assert.Equal(FlexLmState.Down, status.Status);
        Assert.Equal(code, status.Error!.Code);
        Assert.StartsWith("LM_", status.Error.Name, StringComparison.Ordinal);
        Assert.NotEmpty(status.Error.Action);
        Assert.Null(status.ResponseTime);
        Assert.Equal(code, Assert.Single(features.Result.Errors).Code);
        Assert.Empty(features.Features);
        Assert.Empty(simulator.Failures);
    }

    [Fact]
    public async Task A_manager_that_resets_accepted_connections_counts_as_connected()
    {
        var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        string server = $"{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}@127.0.0.1";
        Task resetting = ResetAsync(listener);

        // Repeated, since the reset may come before or after the connection is known to have succeeded.
        for (int time = 0; time < 50; time++)
        {
            FlexLmServerStatus status = await Asking.StatusOf(server);

            Assert.Equal(FlexLmState.Down, status.Status);
            Assert.Equal(-16, status.Error!.Code);
            Assert.NotEqual(SocketError.TimedOut, status.Error.SocketError);
        }

        listener.Stop();
        await resetting;
    }

    [Theory]
    [InlineData(FlexLmSimulatorFault.Refuse, -97, Generous)]
    [InlineData(FlexLmSimulatorFault.Silent, -16, Short)]
    [InlineData(FlexLmSimulatorFault.OneBytePerSecond, -16, Short)]
    [InlineData(FlexLmSimulatorFault.CloseHalfWay, -16, Generous)]
    [InlineData(FlexLmSimulatorFault.WrongCrc, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.WrongCheckByte, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.AbsurdLength, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.UnknownType, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.UnknownFirstByte, -12, Generous)]
    [InlineData(FlexLmSimulatorFault.WrongVendor, -97, Generous)]
    [InlineData(FlexLmSimulatorFault.Error, -60, Generous)]
    [InlineData(FlexLmSimulatorFault.Authenticated, -33, Generous)]
    public async Task A_vendor_daemon_that_fails_leaves_the_other_daemons_results_complete(FlexLmSimulatorFault fault, int code, double seconds)
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions
        {
            Vendors = ["good", "bad"],
            FeatureCount = 3,
            Fault = fault,
            FaultTarget = FlexLmSimulatorTarget.Vendor,
            FaultVendors = ["bad"],
        });

        Task<FlexLmServerStatus> asked = Asking.StatusOf(simulator, seconds);
        Asking asking = await Asking.FeaturesOf(simulator, seconds);
        FlexLmServerStatus status = await asked;

        Assert.All(asking.Features.Where(feature => feature.Vendor == "good"), feature => Assert.True(feature.IsComplete));
        Assert.Equal(3, asking.Features.Count(feature => feature.Vendor == "bad"));
        Assert.All(asking.Features.Where(feature => feature.Vendor == "bad"), feature =>
        {
            Assert.False(feature.IsComplete);
            Assert.Null(feature.InUse);
            Assert.Equal(20, feature.Issued);
            Assert.Equal(code, feature.Error!.Code);
        });
        Assert.Equal(code, Assert.Single(asking.Result.Errors).Code);
        Assert.Equal(FlexLmState.Degraded, status.Status);
        Assert.Equal(FlexLmState.Up, Assert.Single(status.Vendors, vendor => vendor.Name == "good").Status);
        Assert.Equal(code, Assert.Single(status.Vendors, vendor => vendor.Name == "bad").Error!.Code);
        asking.AssertEveryUserIsWhereHeBelongs();
    }

    [Theory]
    [InlineData(FlexLmSimulatorFault.Silent, Short)]
    [InlineData(FlexLmSimulatorFault.CloseHalfWay, Generous)]
    [InlineData(FlexLmSimulatorFault.WrongCrc, Generous)]
    [InlineData(FlexLmSimulatorFault.WrongCheckByte, Generous)]
    [InlineData(FlexLmSimulatorFault.AbsurdLength, Generous)]
    [InlineData(FlexLmSimulatorFault.UnknownType, Generous)]
    [InlineData(FlexLmSimulatorFault.UnknownFirstByte, Generous)]
    [InlineData(FlexLmSimulatorFault.EndlessStream, Generous)]
    public async Task A_daemon_that_fails_between_answers_gives_no_feature_a_wrong_number(FlexLmSimulatorFault fault, double seconds)
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions
        {
            Fault = fault,
            FaultTarget = FlexLmSimulatorTarget.Vendor,
            FaultAfter = 4,
            FeatureCount = 8,
        });

        Asking asking = await Asking.FeaturesOf(simulator, seconds);

        Assert.Equal(8, asking.Features.Count);
        Assert.All(asking.Features.Where(feature => feature.IsComplete), feature => Assert.Equal((1, 20), (feature.InUse, feature.Issued)));
        Assert.All(asking.Features.Where(feature => feature.InUse is not null), feature => Assert.Equal(1, feature.ReportedInUse));
        Assert.All(asking.Features.Where(feature => !feature.IsComplete), feature => Assert.True(feature.Error is not null || feature.Warnings.Count > 0));
        if (fault != FlexLmSimulatorFault.EndlessStream)
        {
            asking.AssertEveryUserIsWhereHeBelongs();
        }
    }

    [Fact]
    public async Task A_server_that_requires_a_handshake_is_reported_as_answering_only_authenticated_clients()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.Authenticated });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);

        Assert.Contains("this server answers only authenticated clients", status.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_host_is_error_96()
    {
        FlexLmServerStatus status = await Asking.StatusOf("27000@unknown.invalid");

        Assert.Equal((FlexLmState.Down, -96), (status.Status, status.Error!.Code));
        Assert.NotNull(status.Error.SocketError);
    }

    [Fact]
    public async Task A_rejected_connection_names_the_socket_error()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.Refuse });

        Assert.Equal(SocketError.ConnectionRefused, (await Asking.StatusOf(simulator)).Error!.SocketError);
    }

    private static async Task ResetAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using Socket client = await listener.AcceptSocketAsync();
                client.Close(0);
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // The test is over. If a listener is stopped between two calls, the next call throws InvalidOperationException.
        }
    }
}
