using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace PSLabNet.FlexLm.Wire;

/// <summary>The way to reach daemons: <see cref="TcpNetwork"/>, or another implementation for bytes that come from no socket.</summary>
internal interface IFlexLmNetwork
{
    /// <summary>Returns the addresses of a name.</summary>
    /// <exception cref="SocketException">The name is unknown.</exception>
    /// <exception cref="ArgumentException">The text cannot be a name.</exception>
    Task<IPAddress[]> LookUpAsync(string host);

    /// <summary>Returns the name of an address.</summary>
    /// <exception cref="SocketException">The address has no name.</exception>
    Task<string> LookUpNameAsync(IPAddress address);

    /// <summary>Opens a channel that is not connected yet.</summary>
    IFlexLmChannel Open(AddressFamily family);
}

/// <summary>A stream of bytes in both directions. Closing it, from any thread, ends all pending operations.</summary>
internal interface IFlexLmChannel : IDisposable
{
    /// <exception cref="SocketException">The connection failed.</exception>
    Task ConnectAsync(IPEndPoint remote);

    /// <returns>Number of bytes sent, at least one.</returns>
    /// <exception cref="SocketException">The send failed.</exception>
    Task<int> SendAsync(ArraySegment<byte> bytes);

    /// <returns>Number of bytes received; 0 if the peer has closed.</returns>
    /// <exception cref="SocketException">The read failed.</exception>
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

    public async Task<string> LookUpNameAsync(IPAddress address) => (await Dns.GetHostEntryAsync(address).ConfigureAwait(false)).HostName;

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
