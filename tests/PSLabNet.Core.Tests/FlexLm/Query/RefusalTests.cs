using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Simulation.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query;

/// <summary>Answers of real servers that contain less than usual, and peers that are not license servers.</summary>
public sealed partial class RefusalTests
{
    private const uint Time = 1700000000;
    private const string License = "VENDOR v\nINCREMENT f v 1.0 permanent 10 SIGN=A1\nINCREMENT g v 1.0 permanent 10 SIGN=B1\nINCREMENT h v 1.0 permanent 10 SIGN=C1\n";

    public static TheoryData<string, int> Refusals => new()
    {
        { string.Empty, FlexLmErrorCode.NoReason },
        { "W", FlexLmErrorCode.NoReason },
        { "no number", FlexLmErrorCode.NoReason },
        { "0", FlexLmErrorCode.NoReason },
        { "99999999999999999999", FlexLmErrorCode.NoReason },
        { "-9999", -9999 },
        { "377", 377 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_without_a_known_number_fails_one_request_and_no_other(string text, int code)
    {
        byte[] refusal = new LegacyMessage(LegacyKind.Error, Encoding.ASCII.GetBytes(text)).Encode();
        using ScriptedServer vendor = Vendor(request => request.Feature == "g" ? [refusal] : [new StatusReply(0, 10, Time).Encode(Time)]);
        using ScriptedServer server = Manager(vendor.Port);

        Asking asking = await Asking.FeaturesOf(server.Address);

        Assert.Equal((false, code), (asking.Feature("g").IsComplete, asking.Feature("g").Error!.Code));
        Assert.All(new[] { "f", "h" }, name => Assert.True(asking.Feature(name).IsComplete));
        Assert.Empty(asking.Result.Errors);
    }

    [Fact]
    public void A_refusal_without_a_number_says_so() =>
        Assert.Equal(
            "The server refuses without a reason. (said by the server to: ask) (-10000)",
            FlexLmErrorTable.MakeFromServer(ErrorReply.Decode(LegacyMessage.Decode(ErrorReply.EncodeWithoutNumber())), "ask").ToString());

    [Fact]
    public void A_refusal_without_a_number_is_the_published_one()
    {
        byte[] bytes = ErrorReply.EncodeWithoutNumber();

        Assert.Equal((147, 0x57, 0x57), (bytes.Length, bytes[0], bytes[1]));
        Assert.All(bytes.Skip(2), one => Assert.Equal(0, one));
    }

    [Fact]
    public async Task A_manager_that_refuses_without_a_number_is_down_with_that_error()
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.ErrorWithoutNumber });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);

        Assert.Equal((FlexLmState.Down, FlexLmErrorCode.NoReason), (status.Status, status.Error!.Code));
    }

    [Fact]
    public void The_hello_of_lmadmin_is_read_at_its_offsets()
    {
        var bytes = new byte[147];
        bytes[0] = (byte)'O';
        "11"u8.CopyTo(bytes.AsSpan(2));
        "16"u8.CopyTo(bytes.AsSpan(13));
        "ABC"u8.CopyTo(bytes.AsSpan(25));
        "DEF"u8.CopyTo(bytes.AsSpan(36));
        "lic1"u8.CopyTo(bytes.AsSpan(47));

        HelloReply hello = HelloReply.DecodeOk(LegacyMessage.Decode(new LegacyMessage(LegacyKind.Ok, bytes[2..]).Encode()));

        Assert.Equal(("11.16", "lic1", FlexLmGeneration.New), (hello.Version, hello.HostName, hello.Generation));
    }

    [Fact]
    public async Task A_server_that_says_hello_as_lmadmin_does_is_up_and_queried()
    {
        using FlexLmSimulator simulator = Asking.WithOwnUsers(new FlexLmSimulatorOptions { Fault = FlexLmSimulatorFault.OkHello });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);
        Asking asking = await Asking.FeaturesOf(simulator);

        Assert.Equal((FlexLmState.Up, "11.19", "127.0.0.1"), (status.Status, status.Version, status.HostName));
        Assert.Equal(5, asking.Features.Count);
        Assert.All(asking.Features, feature => Assert.True(feature.IsComplete));
    }

    [Theory]
    [InlineData(FlexLmSimulatorFault.Http, "HTTP", FlexLmSimulatorTarget.Manager)]
    [InlineData(FlexLmSimulatorFault.Tls, "TLS", FlexLmSimulatorTarget.Manager)]
    [InlineData(FlexLmSimulatorFault.Http, "HTTP", FlexLmSimulatorTarget.Vendor)]
    [InlineData(FlexLmSimulatorFault.Tls, "TLS", FlexLmSimulatorTarget.Vendor)]
    public async Task A_server_of_another_protocol_is_named(FlexLmSimulatorFault fault, string protocol, FlexLmSimulatorTarget target)
    {
        using FlexLmSimulator simulator = FlexLmSimulator.Start(new FlexLmSimulatorOptions { Fault = fault, FaultTarget = target });

        FlexLmServerStatus status = await Asking.StatusOf(simulator);
        FlexLmError error = target == FlexLmSimulatorTarget.Manager ? status.Error! : Assert.Single(status.Vendors).Error!;

        Assert.True(error.IsOtherProtocol);
        Assert.Contains(
            $"speaks {protocol}: perhaps a FlexNet Embedded or user-based licensing server, or a web server; not a FlexLM license server", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", true)]
    [InlineData("HTT", false)]
    [InlineData("H", false)]
    public async Task A_short_answer_of_another_protocol_is_named_although_the_server_closes(string answer, bool isNamed)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serve = ServeOnceAsync(listener, Encoding.ASCII.GetBytes(answer));

        FlexLmServerStatus status = await Asking.StatusOf($"{((IPEndPoint)listener.LocalEndpoint).Port}@127.0.0.1", 5);
        await serve;
        listener.Stop();

        Assert.Equal((FlexLmState.Down, isNamed), (status.Status, status.Error!.IsOtherProtocol));
    }

    [Fact]
    public async Task An_old_message_that_begins_with_H_is_no_HTTP()
    {
        using var server = new ScriptedServer(_ => [new LegacyMessage((LegacyKind)'H', "TTP/"u8.ToArray()).Encode()]);

        Assert.Equal(FlexLmGeneration.Old, (await Asking.StatusOf(server.Address)).Generation);
    }

    private static async Task ServeOnceAsync(TcpListener listener, byte[] answer)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(answer);
        client.Client.Shutdown(SocketShutdown.Send);
        var rest = new byte[1000];
        try
        {
            while (await stream.ReadAsync(rest) > 0)
            {
                // Until the client closes.
            }
        }
        catch (System.IO.IOException)
        {
            // It has closed.
        }
    }

    private static byte[] Text(string text) => TextReply.Encode(Time, Encoding.ASCII.GetBytes(text), (uint)text.Length);

    private static ScriptedServer Manager(int vendorPort, string vendorHost = "127.0.0.1", string self = "") => new(request =>
        request.Is(LegacyKind.Hello)
            ? [HelloRequest.Decode(request.Old!).Vendor.Length == 0 ? new HelloReply(11, 19, self, "lmgrd").Encode(1) : new VendorAddress(vendorHost, (uint)vendorPort).Encode(Time)]
            : [Text(ManagerCommand.Decode(request.Frame!).Command == ManagerCommand.LicenseFile ? License : "v")]);

    private static ScriptedServer Vendor(Func<StatusRequest, IEnumerable<byte[]>> status) => new(request =>
        request.Is(LegacyKind.Hello) ? [new HelloReply(11, 19, "127.0.0.1", "v").Encode(1)]
        : request.Is(FrameType.LicenseSetsRequest) ? [LicenseSetsReply.Encode(Time, [])]
        : request.Is(FrameType.FeaturesRequest) ? [Text("f g h")]
        : status(StatusRequest.Decode(request.Frame!)));
}
