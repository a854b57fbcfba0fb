using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Fuzz.Conversations;

/// <summary>The real network, with a record of the bytes that each connection received.</summary>
internal sealed class RecordingNetwork : IFlexLmNetwork
{
    private readonly List<List<byte>> received = [];

    /// <summary>The received bytes by connection, in the order in which the connections were opened.</summary>
    public IReadOnlyList<List<byte>> Received => received;

    public Task<IPAddress[]> LookUpAsync(string host) => throw new SocketException((int)SocketError.HostNotFound);

    public Task<string> LookUpNameAsync(IPAddress address) => throw new SocketException((int)SocketError.HostNotFound);

    public IFlexLmChannel Open(AddressFamily family)
    {
        var bytes = new List<byte>();
        received.Add(bytes);
        return new Channel(TcpNetwork.Instance.Open(family), bytes);
    }

    private sealed class Channel(IFlexLmChannel inner, List<byte> received) : IFlexLmChannel
    {
        public Task ConnectAsync(IPEndPoint remote) => inner.ConnectAsync(remote);

        public Task<int> SendAsync(ArraySegment<byte> bytes) => inner.SendAsync(bytes);

        public async Task<int> ReceiveAsync(ArraySegment<byte> target)
        {
            int count = await inner.ReceiveAsync(target).ConfigureAwait(false);
            received.AddRange(target.AsSpan(0, count));
            return count;
        }

        public void Dispose() => inner.Dispose();
    }
}
