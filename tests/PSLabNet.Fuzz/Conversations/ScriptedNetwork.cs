using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Fuzz.Conversations;

/// <summary>
/// A network from which nothing leaves the program: a connection receives the replies of the script, whatever its address,
/// and every name is an address on loopback or is unknown. Every answer is available at once.
/// </summary>
internal sealed class ScriptedNetwork : IFlexLmNetwork
{
    private readonly Script script;
    private readonly List<Channel> channels = [];

    public ScriptedNetwork(Script script) => this.script = script;

    /// <summary>Number of connections that were opened.</summary>
    public int Connections { get; private set; }

    /// <summary>Number of channels that are not closed.</summary>
    public int Unclosed => channels.FindAll(channel => !channel.IsClosed).Count;

    public Task<IPAddress[]> LookUpAsync(string host)
    {
        if (host.Length > 255)
        {
            throw new ArgumentOutOfRangeException(nameof(host));
        }

        return host.Length % 3 == 0
            ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
            : Task.FromResult<IPAddress[]>(host.Length % 3 == 1 ? [IPAddress.Loopback] : [IPAddress.IPv6Loopback, new IPAddress([127, 0, 0, 2])]);
    }

    public Task<string> LookUpNameAsync(IPAddress address) => Task.FromException<string>(new SocketException((int)SocketError.HostNotFound));

    public IFlexLmChannel Open(AddressFamily family)
    {
        var channel = new Channel(this);
        channels.Add(channel);
        return channel;
    }

    private sealed class Channel(ScriptedNetwork network) : IFlexLmChannel
    {
        private List<Reply> replies = [];
        private int reply;
        private int sent;

        public bool IsClosed { get; private set; }

        public Task ConnectAsync(IPEndPoint remote)
        {
            int connection = network.Connections++;
            if (connection >= network.script.Connections.Count)
            {
                return Task.FromException(new SocketException((int)SocketError.ConnectionRefused));
            }

            replies = network.script.Connections[connection];
            return Task.CompletedTask;
        }

        public Task<int> SendAsync(ArraySegment<byte> bytes) =>
            IsClosed ? Task.FromException<int>(new ObjectDisposedException("channel")) : Task.FromResult(bytes.Count);

        public Task<int> ReceiveAsync(ArraySegment<byte> target)
        {
            if (IsClosed)
            {
                return Task.FromException<int>(new ObjectDisposedException("channel"));
            }

            int count = 0;
            while (reply < replies.Count && count < target.Count)
            {
                (Arrival arrival, byte[] bytes) = replies[reply];
                int left = bytes.Length - sent;
                int part = Math.Min(target.Count - count, arrival.HasFlag(Arrival.Split) && sent == 0 ? (left + 1) / 2 : left);
                bytes.AsSpan(sent, part).CopyTo(target.AsSpan(count));
                sent += part;
                count += part;
                if (sent == bytes.Length)
                {
                    reply++;
                    sent = 0;
                    if (arrival.HasFlag(Arrival.ThenReset))
                    {
                        // The replies before it are still read.
                        replies = [new Reply(Arrival.AtOnce, [])];
                        reply = 0;
                        return count > 0 ? Task.FromResult(count) : Reset();
                    }
                }

                if (count > 0 && !arrival.HasFlag(Arrival.WithNext))
                {
                    break;
                }
            }

            return Task.FromResult(count);
        }

        public void Dispose() => IsClosed = true;

        private static Task<int> Reset() => Task.FromException<int>(new SocketException((int)SocketError.ConnectionReset));
    }
}
