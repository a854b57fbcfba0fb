using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Tests.FlexLm;

/// <summary>The system's sockets, counted: a server sees a moment too late that a connection is closed.</summary>
internal sealed class CountingNetwork : IFlexLmNetwork
{
    private int open;
    private int most;

    /// <summary>The most that were open at a time.</summary>
    public int Most => most;

    /// <summary>Those that are open now.</summary>
    public int OpenCount => open;

    public Task<IPAddress[]> LookUpAsync(string host) => TcpNetwork.Instance.LookUpAsync(host);

    public Task<string> LookUpNameAsync(IPAddress address) => TcpNetwork.Instance.LookUpNameAsync(address);

    public IFlexLmChannel Open(AddressFamily family)
    {
        int now = Interlocked.Increment(ref open);
        for (int seen = most; now > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }

        return new Channel(TcpNetwork.Instance.Open(family), this);
    }

    private sealed class Channel(IFlexLmChannel channel, CountingNetwork network) : IFlexLmChannel
    {
        private int isClosed;

        public Task ConnectAsync(IPEndPoint remote) => channel.ConnectAsync(remote);

        public Task<int> SendAsync(ArraySegment<byte> bytes) => channel.SendAsync(bytes);

        public Task<int> ReceiveAsync(ArraySegment<byte> target) => channel.ReceiveAsync(target);

        public void Dispose()
        {
            channel.Dispose();
            if (Interlocked.Exchange(ref isClosed, 1) == 0)
            {
                Interlocked.Decrement(ref network.open);
            }
        }
    }
}
