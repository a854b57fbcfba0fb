using System;
using System.Net;
using System.Net.Sockets;

namespace PSLabNet.Tests.Net;

/// <summary>A TCP port on loopback that refuses connections. It is held, so that no server of another test gets it.</summary>
internal sealed class RefusingPort : IDisposable
{
    private readonly Socket held = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RefusingPort()
    {
        // Bound, and not listened on.
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)held.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose() => held.Dispose();
}
