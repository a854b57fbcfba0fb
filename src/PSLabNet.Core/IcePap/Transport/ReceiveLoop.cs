using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Net;

namespace PSLabNet.IcePap.Transport;

/// <summary>
/// Receives from one socket without a pause while datagrams are available. Otherwise it waits without a thread. It only
/// queues the datagrams, so ten thousand simultaneous answers are not lost while the first is decoded.
/// </summary>
#pragma warning disable CA1001 // The loop disposes of its buffers itself, when it ends.
internal sealed class ReceiveLoop
#pragma warning restore CA1001
{
    /// <summary>Bytes of a datagram that are kept: one more than the largest packet, to detect a packet that is too large.</summary>
    public const int MaxKeptBytes = IcePapProtocol.MaxPacketSize + 1;

    // The largest datagram, because Windows reports one that does not fit as an error without its sender.
    private const int MaxDatagramSize = 65536;

    // After this many errors in a row the socket has failed. Windows reports ICMP messages as single errors.
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

    /// <summary>Starts a loop. It ends when the socket is closed or fails. If the socket fails, the queue fails too.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="queue">Receives the datagrams.</param>
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
            // The socket was disposed between two datagrams: the loop ends.
        }
        catch (Exception e)
        {
            // Nobody awaits this loop, so the error goes to the callers that wait for a datagram.
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

            // On Linux a socket receives the group's traffic on every interface that any socket of the host has joined.
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
