using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;
using PSLabNet.Logging;
using Xunit;

namespace PSLabNet.Tests.IcePap;

/// <summary>The controlling side of a test: a client on loopback that records its log.</summary>
internal sealed class Controller : ILabLog, IDisposable
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>Far longer than anything here takes, and far shorter than anything that would end by itself.</summary>
    public static readonly TimeSpan Promptly = TimeSpan.FromSeconds(20);

    public Controller()
    {
        Transport = IcePapTransport.Open([Devices.Loopback], this);
        Client = new IcePapSession(Transport, this);
    }

    public IcePapTransport Transport { get; }

    public IcePapSession Client { get; }

    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<byte[]> Sent { get; } = new();

    private ConcurrentQueue<byte[]> Received { get; } = new();

    /// <summary>Number of configurations of a device that were read, including repeated ones.</summary>
    public int AnswersOf(MacAddress device) =>
        Received.Count(bytes => IcePapPacketCodec.TryDecode(bytes, out IcePapPacket? packet, out _) && packet.Source == device && packet.Command == IcePapCommand.SEND_CONFIG);

    /// <summary>Searches until all of these devices have answered, or nothing new was received during the quiet time.</summary>
    public async Task<IReadOnlyList<IcePapDevice>> FindAsync(IReadOnlyCollection<MacAddress> wanted, double quietSeconds = 3, int retry = 5)
    {
        var found = new List<IcePapDevice>();
        await Client.DiscoverAsync(new IcePapTiming(TimeSpan.FromSeconds(quietSeconds), retry), Found, () => found.Count == wanted.Count, TestContext.Current.CancellationToken);
        return found;

        void Found(IcePapDevice device)
        {
            if (wanted.Contains(device.MacAddress))
            {
                found.Add(device);
            }
        }
    }

    public async Task<IcePapDevice> FindAsync(MacAddress wanted) => Assert.Single(await FindAsync([wanted]));

    public Task UpdateAsync(IcePapPlannedUpdate update, double seconds = 20) =>
        Client.UpdateAsync(update, TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);

    public void Dispose() => Transport.Dispose();

    void ILabLog.Warning(string message) => Warnings.Enqueue(message);

    void ILabLog.Verbose(string message)
    {
    }

    void ILabLog.Bytes(string message, byte[] bytes)
    {
        (message.StartsWith("Sent", StringComparison.Ordinal) ? Sent : Received).Enqueue(bytes);
    }
}
