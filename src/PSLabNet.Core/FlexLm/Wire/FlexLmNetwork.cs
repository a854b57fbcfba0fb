using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm.Wire;

/// <summary>How daemons are reached. There is one way, <see cref="TcpNetwork"/>, and another where bytes are to come from nowhere.</summary>
internal interface IFlexLmNetwork
{
    /// <summary>The addresses of a name.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    /// <exception cref="ArgumentException">The text can be no name.</exception>
    Task<IPAddress[]> LookUpAsync(string host);

    /// <summary>A channel that is not connected yet.</summary>
    IFlexLmChannel Open(AddressFamily family);
}

/// <summary>A stream of bytes in both directions. Closing it ends what is under way on it, from any thread.</summary>
internal interface IFlexLmChannel : IDisposable
{
    /// <exception cref="SocketException">It failed.</exception>
    Task ConnectAsync(IPEndPoint remote);

    /// <returns>Bytes that were taken, one at least.</returns>
    /// <exception cref="SocketException">It failed.</exception>
    Task<int> SendAsync(ArraySegment<byte> bytes);

    /// <returns>Bytes that came; 0 when the peer has closed.</returns>
    /// <exception cref="SocketException">It failed.</exception>
    Task<int> ReceiveAsync(ArraySegment<byte> target);
}

/// <summary>The system's resolver and its TCP sockets.</summary>
internal sealed class TcpNetwork : IFlexLmNetwork
{
    private TcpNetwork()
    {
    }

    public static TcpNetwork Instance { get; } = new();

    public Task<IPAddress[]> LookUpAsync(string host) => Dns.GetHostAddressesAsync(host);

    public IFlexLmChannel Open(AddressFamily family) => new Channel(family);

    private sealed class Channel(AddressFamily family) : IFlexLmChannel
    {
        private readonly Socket socket = new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public Task ConnectAsync(IPEndPoint remote) => socket.ConnectAsync(remote);

        public Task<int> SendAsync(ArraySegment<byte> bytes) => socket.SendAsync(bytes, SocketFlags.None);

        public Task<int> ReceiveAsync(ArraySegment<byte> target) => socket.ReceiveAsync(target, SocketFlags.None);

        public void Dispose() => socket.Dispose();
    }
}
