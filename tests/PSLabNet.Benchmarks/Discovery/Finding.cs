using System;
using System.Collections;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using PSLabNet.IcePap.Transport;
using PSLabNet.Logging;
using PSLabNet.Net;

namespace PSLabNet.Benchmarks.Discovery;

/// <summary>Finds all devices. Their number is known, so the time ends with the last one.</summary>
internal static class Finding
{
    // A request is lost if its sender's buffer is full of its own answers, or if it does not get the processor. So both
    // sides repeat it during silence, for a long time.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(0.5);
    private const int Questions = 40;

    /// <summary>By the product, like Find-IcePap.</summary>
    public static async Task ByProductAsync(int count)
    {
        LocalInterface loopback = LocalInterface.GetAll().First(local => local.IsLoopback);
        using IcePapTransport transport = IcePapTransport.Open([loopback], LabLog.None);
        int found = 0;
        await new IcePapSession(transport, LabLog.None).DiscoverAsync(
            new IcePapTiming(Silence * Questions, Questions - 1), _ => found++, () => found == count, CancellationToken.None);
        ThrowIfNotAll(found, count);
    }

    /// <summary>By a bare socket that repeats the request during silence, and reads only the number of each device.</summary>
    public static Task ByBareSocketAsync(int count)
    {
        byte[] request = IcePapPacketCodec.Encode(IcePapPacket.ToGroup(IcePapProtocol.ControllerAddress, 0, IcePapCommand.REQUEST_CONFIG, null));
        using var group = new BareGroup(Silence);
        var seen = new BitArray(count);
        int found = 0;
        int asked = 0;
        group.Send(request);
        while (found < count && asked < Questions)
        {
            ReadOnlySpan<byte> datagram = group.Receive();
            if (datagram.IsEmpty)
            {
                group.Send(request);
                asked++;
            }
            else if (datagram.Length > request.Length)
            {
                int number = (datagram[3] << 16) | (datagram[4] << 8) | datagram[5];
                found += seen[number] ? 0 : 1;
                seen[number] = true;
            }
        }

        ThrowIfNotAll(found, count);
        return Task.CompletedTask;
    }

    private static void ThrowIfNotAll(int found, int count)
    {
        if (found != count)
        {
            throw new InvalidOperationException($"{found} of {count} devices were found.");
        }
    }
}
