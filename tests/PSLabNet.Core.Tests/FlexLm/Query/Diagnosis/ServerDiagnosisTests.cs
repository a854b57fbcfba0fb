using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query.Diagnosis;

/// <summary>Each fault of a server shows in the step that is about it, with a cure, and the steps after it say that they were not tried.</summary>
public sealed class ServerDiagnosisTests
{
    [Theory]
    [InlineData(FlexLmGeneration.New)]
    [InlineData(FlexLmGeneration.Old)]
    public async Task A_healthy_server_passes_every_step_that_can_be_known(FlexLmGeneration generation)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Vendors = ["one", "two"], Generation = generation });

        Diagnosing diagnosed = await Diagnosing.Server(simulator.Server);

        // The old generation has no times in its answers.
        string[] unknown = generation == FlexLmGeneration.New ? [] : ["Clock: Skipped", "VendorClock: Skipped", "VendorClock: Skipped"];
        Assert.Equal(unknown, diagnosed.NotPassed());
        Assert.Equal(
            ["Source", "Name", "Connect", "ReverseName", "Hello", "ServerName", "LicenseFile", "Clock",
                "VendorPort", "VendorConnect", "VendorHello", "VendorVersion", "VendorClock", "VendorFeatures",
                "VendorPort", "VendorConnect", "VendorHello", "VendorVersion", "VendorClock", "VendorFeatures", "Expiry", "Start", "HostId"],
            diagnosed.Steps.Select(step => step.Step));
        Assert.All(diagnosed.Steps, step => Assert.Equal(simulator.Server, step.Server));
    }

    [Fact]
    public async Task Each_daemon_gets_one_connection_and_is_asked_for_no_status()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Vendors = ["one", "two"] });

        await Diagnosing.Server(simulator.Server);

        Assert.Equal((1, 1, 1), (simulator.ConnectionsOf("lmgrd"), simulator.ConnectionsOf("one"), simulator.ConnectionsOf("two")));
        Assert.DoesNotContain(simulator.Requests, request => request.Kind == nameof(FrameType.LicenseStatusRequest));
    }

    [Theory]
    [InlineData(FlexLmSimulatorFault.Refuse, "Connect", "refuses connections")]
    [InlineData(FlexLmSimulatorFault.Http, "Hello", "HTTP")]
    [InlineData(FlexLmSimulatorFault.Tls, "Hello", "TLS")]
    [InlineData(FlexLmSimulatorFault.Silent, "Hello", "no answer in time")]
    [InlineData(FlexLmSimulatorFault.UnknownFirstByte, "Hello", "No message begins with")]
    [InlineData(FlexLmSimulatorFault.Authenticated, "Hello", "authenticated")]
    public async Task What_stops_lmgrd_is_named_and_the_rest_is_skipped(FlexLmSimulatorFault fault, string step, string message)
    {
        Diagnosing diagnosed = await Diagnosing.Fault(fault, seconds: fault == FlexLmSimulatorFault.Silent ? 0.5 : 20);

        FlexLmDiagnosticStep failed = Assert.Single(diagnosed.Steps, each => each.State == FlexLmStepState.Failed);
        Assert.Equal(step, failed.Step);
        Assert.Contains(message, failed.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failed.Cure);
        Assert.Contains("LicenseFile: Skipped", diagnosed.NotPassed());
        Assert.Contains("VendorConnect: Skipped", diagnosed.NotPassed());
        Assert.All(diagnosed.Steps.Where(each => each.State == FlexLmStepState.Skipped), skipped => Assert.NotEmpty(skipped.Message));
    }

    [Theory]
    [InlineData(FlexLmSimulatorFault.VendorDown, FlexLmSimulatorTarget.Manager, "VendorPort: Failed")]
    [InlineData(FlexLmSimulatorFault.Refuse, FlexLmSimulatorTarget.Vendor, "VendorConnect: Failed")]
    [InlineData(FlexLmSimulatorFault.Http, FlexLmSimulatorTarget.Vendor, "VendorHello: Failed")]
    [InlineData(FlexLmSimulatorFault.WrongVendor, FlexLmSimulatorTarget.Vendor, "VendorHello: Failed")]
    [InlineData(FlexLmSimulatorFault.NewVendor, FlexLmSimulatorTarget.Vendor, "VendorVersion: Warning")]
    [InlineData(FlexLmSimulatorFault.RejectedLine, FlexLmSimulatorTarget.Vendor, "VendorFeatures: Failed")]
    [InlineData(FlexLmSimulatorFault.WrongClock, FlexLmSimulatorTarget.Manager, "Clock: Failed")]
    [InlineData(FlexLmSimulatorFault.UnknownHostNames, FlexLmSimulatorTarget.Manager, "ServerName: Warning")]
    [InlineData(FlexLmSimulatorFault.CutLicense, FlexLmSimulatorTarget.Manager, "LicenseFile: Warning")]
    public async Task A_fault_of_a_part_shows_in_its_step(FlexLmSimulatorFault fault, FlexLmSimulatorTarget target, string first)
    {
        Diagnosing diagnosed = await Diagnosing.Fault(fault, target);

        Assert.Equal(first, diagnosed.NotPassed().First());
        Assert.All(diagnosed.Steps.Where(step => step.State is FlexLmStepState.Failed or FlexLmStepState.Warning), step => Assert.NotEmpty(step.Cure));
    }

    [Theory]
    [InlineData(FlexLmSimulatorFault.None, new int[0], FlexLmStepState.Passed, "They name 127.0.0.1 as the master")]
    [InlineData(FlexLmSimulatorFault.None, new[] { 2 }, FlexLmStepState.Warning, "2 of 3 nodes answer")]
    [InlineData(FlexLmSimulatorFault.None, new[] { 1, 2 }, FlexLmStepState.Failed, "1 of 3 nodes answer")]
    [InlineData(FlexLmSimulatorFault.TwoMasters, new int[0], FlexLmStepState.Failed, "do not agree on one master")]
    public async Task A_triad_tells_of_each_node_and_of_the_master(FlexLmSimulatorFault fault, int[] down, FlexLmStepState state, string message)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = fault, NodeCount = 3, DownNodes = down });

        Diagnosing diagnosed = await Diagnosing.Server(simulator.Server);

        FlexLmDiagnosticStep triad = diagnosed.Step("Triad");
        Assert.Equal(state, triad.State);
        Assert.Contains(message, triad.Message, StringComparison.Ordinal);
        Assert.Equal(["127.0.0.1", "127.0.0.2", "127.0.0.3"], diagnosed.Steps.Where(step => step.Step == "Connect").Select(step => step.Subject));
        Assert.Equal(down.Length, diagnosed.Steps.Count(step => step is { Step: "Connect", State: FlexLmStepState.Failed }));
    }

    [Fact]
    public async Task An_unknown_name_is_the_fault_and_nothing_is_connected_to()
    {
        Diagnosing diagnosed = await Diagnosing.Server("27000@no-such-host.invalid");

        Assert.Equal("Name: Failed", diagnosed.NotPassed().First());
        Assert.Contains("no-such-host.invalid", diagnosed.Step("Name").Message, StringComparison.Ordinal);
        Assert.Equal(FlexLmStepState.Skipped, diagnosed.Step("Connect").State);
    }

    [Fact]
    public async Task A_host_without_a_port_lists_the_ports_that_were_tried()
    {
        // The protocol sets the ports. Nothing else on this machine uses the address.
        using var server = new ScriptedServer(
            request => request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, "", "lmgrd").Encode(1)] : [ErrorReply.Encode(-61)],
            new IPEndPoint(IPAddress.Parse("127.0.78.1"), 27003));

        Diagnosing diagnosed = await Diagnosing.Server("@127.0.78.1");

        Assert.Contains("lmgrd is on port 27003", diagnosed.Step("Connect").Message, StringComparison.Ordinal);
        Assert.Contains("27000-27002 refused", diagnosed.Step("Connect").Message, StringComparison.Ordinal);

        Diagnosing dead = await Diagnosing.Server("@127.0.78.2");
        Assert.Contains("27000-27009 refused", dead.Step("Connect").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "HTTP")]
    [InlineData("\u0015\u0003\u0001\u0000\u0002\u0002\u0032", "TLS")]
    public async Task A_server_that_speaks_something_else_without_being_asked_is_named(string greeting, string name)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<Diagnosing> diagnosing = Diagnosing.Server($"{((IPEndPoint)listener.LocalEndpoint).Port}@127.0.0.1");
        using TcpClient client = await AcceptAsync(listener);
        byte[] bytes = Encoding.GetEncoding("iso-8859-1").GetBytes(greeting);
        client.GetStream().Write(bytes, 0, bytes.Length);

        FlexLmDiagnosticStep hello = (await diagnosing).Step("Hello");
        listener.Stop();

        Assert.Equal(FlexLmStepState.Failed, hello.State);
        Assert.Contains(name, hello.Message, StringComparison.Ordinal);
        Assert.Contains("is no license server", hello.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_the_license_file_that_are_not_understood_are_told()
    {
        using var server = new ScriptedServer(request => [Reply(request, "SERVER lic1 ANY\nINCREMENT broken\n", 1_700_000_000)]);

        FlexLmDiagnosticStep file = (await Diagnosing.Server(server.Address)).Step("LicenseFile");

        Assert.Equal(FlexLmStepState.Warning, file.State);
        Assert.Contains("1 not understood. Line 2", file.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_that_are_ids_are_not_taken_for_a_clock()
    {
        uint id = 1_500_000_000;
        using var server = new ScriptedServer(request => [Reply(request, "SERVER lic1 ANY\n", id += 100_000)]);

        FlexLmDiagnosticStep clock = (await Diagnosing.Server(server.Address)).Step("Clock");

        Assert.Equal(FlexLmStepState.Skipped, clock.State);
    }

    [Fact]
    public async Task Expired_expiring_and_later_licenses_and_those_of_another_host_are_told()
    {
        string soon = DateTime.Today.AddDays(3).ToString("dd-MMM-yyyy", System.Globalization.CultureInfo.InvariantCulture);
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions
        {
            LicenseText = "SERVER this_host 001122334455 27000\nVENDOR demo\n"
                + "INCREMENT old demo 1.0 1-jan-2020 2 SIGN=1111111111\n"
                + $"INCREMENT ending demo 1.0 {soon} 2 SIGN=2222222222\n"
                + "INCREMENT later demo 1.0 permanent 2 START=1-jan-2090 SIGN=3333333333\n"
                + "INCREMENT bound demo 1.0 permanent 2 HOSTID=aabbccddeeff SIGN=4444444444\n",
        });

        Diagnosing diagnosed = await Diagnosing.Server(simulator.Server);

        FlexLmDiagnosticStep expiry = diagnosed.Step("Expiry");
        Assert.Equal(FlexLmStepState.Failed, expiry.State);
        Assert.Contains("Expired: old (2020-01-01).", expiry.Message, StringComparison.Ordinal);
        Assert.Contains("within 30 days: ending", expiry.Message, StringComparison.Ordinal);
        Assert.Contains("later (2090-01-01)", diagnosed.Step("Start").Message, StringComparison.Ordinal);
        Assert.Contains("bound (aabbccddeeff)", diagnosed.Step("HostId").Message, StringComparison.Ordinal);
    }

    private static Task<TcpClient> AcceptAsync(TcpListener listener) => listener.AcceptTcpClientAsync();

    private static byte[] Reply(FlexLmMessage request, string license, uint time)
    {
        if (request.Is(LegacyKind.Hello))
        {
            return HelloRequest.Decode(request.Old!).Vendor.Length == 0 ? new HelloReply(11, 19, "", "lmgrd").Encode(7) : ErrorReply.Encode(-97);
        }

        byte[] text = Encoding.ASCII.GetBytes(ManagerCommand.Decode(request.Frame!).Command switch
        {
            ManagerCommand.LicenseFile => license,
            ManagerCommand.Paths => "/opt/license.dat",
            _ => "demo",
        });
        return TextReply.Encode(time, text, (uint)text.Length);
    }
}
