using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using PSLabNet.IcePap.Transport;
using PSLabNet.Net;

namespace PSLabNet.Tests.IcePap;

/// <summary>
/// Mono's sockets do not report the interface that received a datagram; those of .NET Framework do. The tests send only on
/// loopback, so the sender's address shows the interface.
/// </summary>
internal sealed class MonoReception : PacketReception
{
    public override bool ReceiveAsync(Socket socket, SocketAsyncEventArgs args) => socket.ReceiveFromAsync(args);

    public override int InterfaceIndexOf(SocketAsyncEventArgs args, IReadOnlyCollection<LocalInterface> joined)
    {
        bool isLoopback = args.RemoteEndPoint is IPEndPoint sender && IPAddress.IsLoopback(sender.Address);
        return joined.FirstOrDefault(local => local.IsLoopback == isLoopback)?.Index ?? -1;
    }
}
