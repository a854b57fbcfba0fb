using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using PSLabNet.FlexLm;
using Xunit;

namespace PSLabNet.Tests.FlexLm.Query.Diagnosis;

/// <summary>What a diagnosis says of addresses and ports that nobody answers at.</summary>
public sealed class UnreachedServerTests
{
    [Fact]
    public async Task A_port_whose_packets_get_no_answer_is_told_apart_from_one_that_refuses()
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "Other systems refuse when the backlog is full.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var endPoint = (IPEndPoint)listener.LocalEndPoint!;
        var clients = new List<Socket>();
        Task connecting;
        do
        {
            // Once nobody accepts and the backlog is full, the system discards what comes.
            clients.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            connecting = ConnectAsync(clients[clients.Count - 1], endPoint);
        }
        while (await Task.WhenAny(connecting, Task.Delay(300, TestContext.Current.CancellationToken)) == connecting);

        Diagnosing diagnosed = await Diagnosing.Server($"{endPoint.Port}@127.0.0.1", seconds: 0.5);

        clients.ForEach(client => client.Dispose());
        _ = connecting.ContinueWith(ended => ended.Exception, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.Equal("Connect: Failed", diagnosed.NotPassed().First());
        Assert.Contains("does not answer within", diagnosed.Step("Connect").Message, StringComparison.Ordinal);
        Assert.Contains("firewall", diagnosed.Step("Connect").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_no_host_is_no_exception()
    {
        Diagnosing diagnosed = await Diagnosing.Server("1@0.0.0.0", seconds: 2);

        Assert.Equal(FlexLmStepState.Failed, diagnosed.Step("Connect").State);
    }

    private static Task ConnectAsync(Socket client, IPEndPoint endPoint) => client.ConnectAsync(endPoint);
}
