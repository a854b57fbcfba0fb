using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Details;
using PSLabNet.Logging;
using PSLabNet.Tests.Net;
using Xunit;

namespace PSLabNet.Tests.IcePap.Details;

public sealed class ControllerQueryTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.3);

    [Fact]
    public async Task One_connection_asks_for_everything_and_for_nothing_else()
    {
        using var peer = new ControllerPeer(Healthy);
        IcePapDetails details = await AskAsync(peer);
        Assert.Equal(("3.23", "0008.0153.F797", 4), (details.Firmware, details.SerialNumber, details.DriverCount));
        Assert.Equal([0, 15], details.Racks);
        Assert.Equal(["?VER", "?ID", "?SYSSTAT", "?SYSSTAT 0", "?SYSSTAT 15"], peer.Requests);
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task A_system_that_does_not_know_the_question_for_a_board_is_asked_for_board_0()
    {
        using var peer = new ControllerPeer(request => request switch
        {
            "?ID" => "?ID ERROR Command not recognised\r\n",
            "0:?ID" => "0:?ID 4960\r\n",
            _ => Healthy(request),
        });
        Assert.Equal("4960", (await AskAsync(peer)).SerialNumber);
    }

    [Fact]
    public async Task What_was_answered_before_the_peer_fell_silent_is_kept()
    {
        using var peer = new ControllerPeer(request => request == "?SYSSTAT" ? string.Empty : Healthy(request));
        IcePapDetails details = await AskAsync(peer, Short);
        Assert.Equal(("3.23", "0008.0153.F797", null), (details.Firmware, details.SerialNumber, details.DriverCount));
        Assert.Null(details.Racks);
    }

    [Fact]
    public async Task The_drivers_are_not_counted_if_one_rack_does_not_tell()
    {
        using var peer = new ControllerPeer(request => request == "?SYSSTAT 15" ? "?SYSSTAT ERROR Wrong parameter(s)\r\n" : Healthy(request));
        IcePapDetails details = await AskAsync(peer);
        Assert.Equal([0, 15], details.Racks);
        Assert.Null(details.DriverCount);
    }

    [Theory]
    [InlineData("endless block")]
    [InlineData("endless line")]
    [InlineData("closed")]
    [InlineData("silent")]
    [InlineData("another answer")]
    [InlineData("web server")]
    public async Task A_peer_that_does_not_answer_as_a_controller_gives_nothing_and_ends(string kind)
    {
        using var peer = new ControllerPeer(_ => kind switch
        {
            "endless block" => "?VER $\r\n" + new string('\n', 100) + string.Concat(System.Linq.Enumerable.Repeat("line\r\n", 100_000)),
            "endless line" => "?VER " + new string('9', 1_000_000),
            "closed" => null,
            "another answer" => "?POS 1\r\n",
            "web server" => "HTTP/1.1 400 Bad Request\r\n\r\n",
            _ => string.Empty,
        });
        var clock = Stopwatch.StartNew();
        Assert.Equal(IcePapDetails.None, await AskAsync(peer, Short));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_gives_nothing()
    {
        using var closed = new RefusingPort();
        Assert.Equal(IcePapDetails.None, await ControllerQuery.AskAsync(closed.EndPoint, Controller.Long, LabLog.None, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelling_ends_the_query()
    {
        using var cancel = new CancellationTokenSource();
        using var peer = new ControllerPeer(_ =>
        {
            cancel.Cancel();
            return string.Empty;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ControllerQuery.AskAsync(peer.EndPoint, Controller.Long, LabLog.None, cancel.Token));
    }

    private static string Healthy(string request) => request switch
    {
        "?VER" => "?VER 3.23\r\n",
        "?ID" => "?ID 0008.0153.F797\r\n",
        "?SYSSTAT" => "?SYSSTAT 0x8001\r\n",
        "?SYSSTAT 0" => "?SYSSTAT 0x11 0x11\r\n",
        "?SYSSTAT 15" => "?SYSSTAT 0x03 0x01\r\n",
        _ => $"{request} ERROR Command not recognised\r\n",
    };

    private static Task<IcePapDetails> AskAsync(ControllerPeer peer, TimeSpan? limit = null) =>
        ControllerQuery.AskAsync(peer.EndPoint, limit ?? Controller.Long, LabLog.None, TestContext.Current.CancellationToken);
}
