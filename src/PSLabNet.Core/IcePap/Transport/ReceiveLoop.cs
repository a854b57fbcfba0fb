using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>
/// Receives from one socket without a pause while datagrams are available, and waits without a thread otherwise. It only
/// queues them, so that ten thousand answers at once are not lost while the first is being looked at.
/// </summary>
#pragma warning disable CA1001 // The loop disposes of its buffers itself, when it ends.
internal sealed class ReceiveLoop
#pragma warning restore CA1001
{
    /// <summary>Bytes of a datagram that are kept: one more than the largest packet, which tells that it is too large.</summary>
    public const int MaxKeptBytes = IcePapProtocol.MaxPacketSize + 1;

    // A whole datagram, since Windows reports one that does not fit as an error without its sender.
    private const int MaxDatagramSize = 65536;

    // After so many errors in a row the socket is taken for dead. Windows reports ICMP messages as single errors.
    private const int MaxErrors = 64;

    private readonly GroupSocket socket;
    private readonly ReceiveQueue<IcePapDatagram> queue;
    private readonly SocketAsyncEventArgs args;
    private int errors;

    private ReceiveLoop(GroupSocket socket, ReceiveQueue<IcePapDatagram> queue, SocketAsyncEventArgs args)
    {
        this.socket = socket;
        this.queue = queue;
        this.args = args;
        args.SetBuffer(new byte[MaxDatagramSize], 0, MaxDatagramSize);
        args.Completed += (_, _) => Continue();
    }

    /// <summary>Starts a loop. It ends when the socket is closed or dead; a dead one fails the queue.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="queue">Where the datagrams go.</param>
    public static void Start(GroupSocket socket, ReceiveQueue<IcePapDatagram> queue) => _ = Task.Run(() => new ReceiveLoop(socket, queue, new SocketAsyncEventArgs()).Run());

    private void Run()
    {
        try
        {
            do
            {
                args.RemoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
                if (socket.ReceiveAsync(args))
                {
                    return;
                }
            }
            while (Take());
        }
        catch (ObjectDisposedException)
        {
            // Disposed between two datagrams: the end of the loop.
        }
        catch (Exception e)
        {
            // Nobody awaits this loop, so whoever waits for a datagram gets the error.
            Fail(e);
        }

        args.Dispose();
    }

    private void Continue()
    {
        if (Take())
        {
            Run();
        }
        else
        {
            args.Dispose();
        }
    }

    private bool Take()
    {
        if (socket.IsDisposed || args.SocketError is SocketError.OperationAborted or SocketError.Interrupted)
        {
            return false;
        }

        if (args.SocketError == SocketError.Success)
        {
            errors = 0;

            // On Linux a socket hears the group on every interface that any socket of the host has joined.
            if (socket.FindInterface(args) is { } local)
            {
                var bytes = new byte[Math.Min(args.BytesTransferred, MaxKeptBytes)];
                Buffer.BlockCopy(args.Buffer!, 0, bytes, 0, bytes.Length);
                queue.Enqueue(new IcePapDatagram(bytes, (IPEndPoint)args.RemoteEndPoint!, local, DateTimeOffset.Now));
            }

            return true;
        }

        if (++errors < MaxErrors)
        {
            return true;
        }

        Fail(new SocketException((int)args.SocketError));
        return false;
    }

    private void Fail(Exception e) => queue.Fail(new IcePapNetworkException($"Nothing can be received any more: {e.Message}", e));
}
