using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Tests.FlexLm;

/// <summary>
/// The system's sockets, with the number of round trips that a query waits for, one after the other. It is counted from the
/// messages and not from a clock: an answer comes one round trip after its request, and a request can be sent only after
/// the answers that its connection has received. Connecting is one round trip. The first address is that of lmgrd. A
/// connection to another one begins after what lmgrd has answered by then.
/// </summary>
/// <param name="connectDelay">Time that connecting takes. A simulator delays only its answers.</param>
internal sealed class RoundTripNetwork(TimeSpan connectDelay = default) : IFlexLmNetwork
{
    private readonly object one = new();
    private readonly TimeSpan connectDelay = connectDelay;
    private readonly Dictionary<IPEndPoint, int> depths = [];
    private IPEndPoint? manager;

    /// <summary>Round trips that depend on each other.</summary>
    public int RoundTrips { get; private set; }

    /// <summary>The most requests that were sent on one connection without an answer.</summary>
    public int MostAhead { get; private set; }

    /// <summary>The requests that were sent.</summary>
    public int Requests { get; private set; }

    public Task<IPAddress[]> LookUpAsync(string host) => TcpNetwork.Instance.LookUpAsync(host);

    public Task<string> LookUpNameAsync(IPAddress address) => TcpNetwork.Instance.LookUpNameAsync(address);

    public IFlexLmChannel Open(AddressFamily family) => new Channel(TcpNetwork.Instance.Open(family), this);

    private int Begin(IPEndPoint remote)
    {
        lock (one)
        {
            manager ??= remote;
            return new[] { manager, remote }.Max(endPoint => depths.TryGetValue(endPoint, out int depth) ? depth : 0);
        }
    }

    private void Note(IPEndPoint remote, int depth, int ahead)
    {
        lock (one)
        {
            depths[remote] = depths.TryGetValue(remote, out int known) ? Math.Max(known, depth) : depth;
            RoundTrips = Math.Max(RoundTrips, depth);
            MostAhead = Math.Max(MostAhead, ahead);
        }
    }

    private void CountRequest()
    {
        lock (one)
        {
            Requests++;
        }
    }

    private sealed class Channel(IFlexLmChannel channel, RoundTripNetwork network) : IFlexLmChannel
    {
        private readonly List<byte> sent = [];
        private readonly List<byte> received = [];
        private readonly Queue<int> requests = new();
        private IPEndPoint remote = new(IPAddress.None, 0);
        private int depth;

        public async Task ConnectAsync(IPEndPoint remote)
        {
            this.remote = remote;
            depth = network.Begin(remote) + 1;
            await channel.ConnectAsync(remote).ConfigureAwait(false);
            if (network.connectDelay > TimeSpan.Zero)
            {
                await Task.Delay(network.connectDelay).ConfigureAwait(false);
            }

            network.Note(remote, depth, 0);
        }

        public async Task<int> SendAsync(ArraySegment<byte> bytes)
        {
            int count;
            lock (requests)
            {
                sent.AddRange(bytes);
                foreach (FlexLmMessage _ in Take(sent))
                {
                    requests.Enqueue(depth);
                    network.CountRequest();
                }

                count = requests.Count;
            }

            network.Note(remote, depth, count);
            for (int done = 0; done < bytes.Count;)
            {
                done += await channel.SendAsync(new ArraySegment<byte>(bytes.Array!, bytes.Offset + done, bytes.Count - done)).ConfigureAwait(false);
            }

            return bytes.Count;
        }

        public async Task<int> ReceiveAsync(ArraySegment<byte> target)
        {
            int count = await channel.ReceiveAsync(target).ConfigureAwait(false);
            lock (requests)
            {
                received.AddRange(new ArraySegment<byte>(target.Array!, target.Offset, count));

                // Usage comes unasked after the status that it belongs to.
                foreach (FlexLmMessage message in Take(received))
                {
                    depth = !message.Is(FrameType.Usage) && requests.Count > 0 ? Math.Max(depth, requests.Dequeue() + 1) : depth;
                }
            }

            network.Note(remote, depth, 0);
            return count;
        }

        public void Dispose() => channel.Dispose();

        private static List<FlexLmMessage> Take(List<byte> bytes)
        {
            var messages = new List<FlexLmMessage>();
            byte[] all = [.. bytes];
            int at = 0;
            while (FlexLmMessage.MeasureLength(all, at, all.Length - at) is > 0 and var length && all.Length - at >= length)
            {
                messages.Add(FlexLmMessage.Decode([.. all.Skip(at).Take(length)]));
                at += length;
            }

            bytes.RemoveRange(0, at);
            return messages;
        }
    }
}
