using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Client;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Settings;
using PSLabNet.Net;
using PSLabNet.Simulation.IcePap;
using PSLabNet.Streams;
using Xunit;

namespace PSLabNet.Tests.IcePap.Discovery;

/// <summary>The members that a C# program calls.</summary>
[Collection(OneAtATime.Name)]
public sealed class IcePapClientTests
{
    private readonly IcePapClient client = new([Devices.Loopback]);

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_are_found_with_their_settings_each_once()
    {
        using var simulator = IcePapSimulator.Start(SimulatedIcePapFactory.Create(3, [.. Enumerable.Range(0, 3).Select(_ => Devices.RandomAddress())], [], []), new());
        HashSet<MacAddress> missing = [.. simulator.Devices.Select(device => device.MacAddress)];
        await foreach (IcePapDevice device in client.DiscoverAsync(new IcePapTiming(Controller.Long, 9), TestToken))
        {
            if (missing.Remove(device.MacAddress))
            {
                Assert.Equal(simulator.Devices.Single(one => one.MacAddress == device.MacAddress).Hostname, device.Hostname);
            }

            if (missing.Count == 0)
            {
                break;
            }
        }

        Assert.Empty(missing);
        IReadOnlyList<IcePapDevice> all = await client.DiscoverAsync(new IcePapTiming(TimeSpan.FromSeconds(2), 3), TestToken).ToListAsync(TestToken);
        Assert.Equal(3, all.Count(device => simulator.Devices.Any(one => one.MacAddress == device.MacAddress)));
    }

    [Fact]
    public async Task A_device_is_updated_and_verified_while_the_search_goes_on()
    {
        MacAddress address = Devices.RandomAddress();
        using var simulator = IcePapSimulator.Start(SimulatedIcePapFactory.Create(1, [address], [], []), new());
        IcePapDevice? verified = null;
        await foreach (IcePapDevice device in client.DiscoverAsync(new IcePapTiming(Controller.Long, 9), TestToken))
        {
            if (device.MacAddress == address)
            {
                IcePapPlannedUpdate update = new IcePapSettings { Hostname = "renamed" }.PlanFor(device);
                await client.UpdateAsync(update, TimeSpan.FromSeconds(20), TestToken);
                verified = await client.VerifyAsync(update, new IcePapTiming(Controller.Long, 9), TestToken);
                break;
            }
        }

        Assert.Equal("renamed", verified?.Hostname);
    }

    [Fact]
    public async Task A_device_that_did_not_take_its_settings_fails_the_verification()
    {
        MacAddress address = Devices.RandomAddress();
        await using var device = new RawDevice(address, _ => [RawPacket.Configuration(address, RawPacket.Settings(address, "old", 222))]);
        IcePapDevice answered = Devices.Answered(address, IcePapConfiguration.ReadFrom(RawPacket.Settings(address, "old", 222), 0));
        IcePapPlannedUpdate update = new IcePapSettings { Hostname = "new" }.PlanFor(answered);
        var error = await Assert.ThrowsAsync<IcePapVerificationException>(() => client.VerifyAsync(update, cancellationToken: TestToken));
        Assert.Equal("old", error.Found?.Hostname);
    }

    [Fact]
    public async Task Traffic_is_received_whether_it_is_a_packet_or_not()
    {
        byte[] garbage = Guid.NewGuid().ToByteArray();
        byte[] packet = IcePapPacketCodec.Encode(IcePapPacket.ToGroup(Devices.RandomAddress(), 7, IcePapCommand.REQUEST_CONFIG, null));
        using var speaker = new Speaker(garbage, packet);
        var heard = new List<IcePapTraffic>();
        await foreach (IcePapTraffic traffic in client.WatchTrafficAsync(TestToken))
        {
            heard.Add(traffic);
            if (heard.Any(one => one.Raw.SequenceEqual(garbage)) && heard.Any(one => one.Raw.SequenceEqual(packet)))
            {
                break;
            }
        }

        Assert.False(heard.First(one => one.Raw.SequenceEqual(garbage)).IsValid);
        Assert.True(heard.First(one => one.Raw.SequenceEqual(packet)) is { IsValid: true, Packet.PacketNumber: 7 });
    }

    [Fact]
    public async Task A_search_that_is_left_early_has_closed_its_socket()
    {
        SkipWherePortsHaveNoOwners();
        MacAddress address = Devices.RandomAddress();
        using var speaker = new Speaker(RawPacket.Configuration(address, RawPacket.Settings(address, "iceeu4", 222)));
        bool wasOpen = false;
        await foreach (IcePapDevice device in client.DiscoverAsync(new IcePapTiming(Controller.Long, 0), TestToken))
        {
            if (device.MacAddress == address)
            {
                wasOpen = HoldsThePort();
                break;
            }
        }

        Assert.True(wasOpen);
        Assert.False(HoldsThePort());
    }

    [Fact]
    public async Task A_search_that_is_cancelled_has_closed_its_socket()
    {
        SkipWherePortsHaveNoOwners();
        using var stop = new CancellationTokenSource();
        AsyncSequenceEnumerator<IcePapTraffic> reader = client.WatchTrafficAsync(stop.Token).GetAsyncEnumerator(TestToken);
        using (new Speaker([1, 2, 3]))
        {
            Assert.True(await reader.MoveNextAsync());
        }

        Assert.True(HoldsThePort());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await reader.MoveNextAsync().WaitAsync(Controller.Promptly, TestToken))
            {
                // A device that answered before the cancellation.
            }
        });
        await reader.DisposeAsync();
        Assert.False(HoldsThePort());
    }

    [Fact]
    public async Task A_missing_network_is_reported_when_the_first_device_is_requested()
    {
        var absent = new IcePapClient([Devices.Loopback with { Name = "absent0", Index = 9999, Address = IPAddress.Parse("203.0.113.1") }]);
        AsyncSequence<IcePapDevice> devices = absent.DiscoverAsync(cancellationToken: TestToken);
        await Assert.ThrowsAsync<IcePapNetworkException>(() => devices.ToListAsync(TestToken));
        await Assert.ThrowsAsync<IcePapNetworkException>(() => absent.WatchTrafficAsync(TestToken).ToListAsync(TestToken));
        IcePapPlannedUpdate update = new IcePapSettings { Hostname = "new" }.PlanFor(Devices.Answered());
        await Assert.ThrowsAsync<IcePapNetworkException>(() => absent.UpdateAsync(update, cancellationToken: TestToken));
        await Assert.ThrowsAsync<IcePapNetworkException>(() => absent.VerifyAsync(update, cancellationToken: TestToken));
    }

    [Fact]
    public async Task A_null_argument_is_the_callers_mistake()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("update", () => client.UpdateAsync(null!, cancellationToken: TestToken));
        await Assert.ThrowsAsync<ArgumentNullException>("update", () => client.VerifyAsync(null!, cancellationToken: TestToken));
    }

    private static void SkipWherePortsHaveNoOwners() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "Only Linux and Windows report which program uses a port.");

    private static bool HoldsThePort() =>
        UdpPortOwner.Find(IcePapProtocol.Port).Any(owner => owner.EndsWith($"(process {Environment.ProcessId})", StringComparison.Ordinal));

    /// <summary>Sends the same datagrams repeatedly, from a socket that is not bound to the protocol's port.</summary>
    private sealed class Speaker : IDisposable
    {
        private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestToken);
        private readonly Task speaking;

        public Speaker(params byte[][] datagrams) => speaking = Task.Run(() => SpeakAsync(datagrams));

        public void Dispose()
        {
            stop.Cancel();
            speaking.GetAwaiter().GetResult();
            stop.Dispose();
        }

        private async Task SpeakAsync(byte[][] datagrams)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 1);
            var group = new IPEndPoint(IcePapProtocol.Group, IcePapProtocol.Port);
            while (!stop.IsCancellationRequested)
            {
                foreach (byte[] datagram in datagrams)
                {
                    socket.SendTo(datagram, group);
                }

                // A short pause, so other traffic of the group gets through.
                await Task.WhenAny(Task.Delay(10, stop.Token));
            }
        }
    }
}
