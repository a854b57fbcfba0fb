using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Soak.World;

/// <summary>How something behaves that is no license server and has its port.</summary>
internal enum StrangerKind
{
    /// <summary>Ends each connection with a reset.</summary>
    Reset,

    /// <summary>Accepts, and says nothing.</summary>
    Stall,

    /// <summary>Says random bytes.</summary>
    Garbage,
}

/// <summary>What listens at the port of a license server while that is down.</summary>
internal static class Stranger
{
    private const int MostBytes = 4096;

    /// <summary>Listens until the token is cancelled.</summary>
    public static async Task RunAsync(int port, StrangerKind kind, int seed, CancellationToken token)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var random = new Random(seed);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen();
            while (true)
            {
                Socket socket = await listener.AcceptAsync(token);
                byte[] bytes = new byte[random.Next(1, MostBytes)];
                random.NextBytes(bytes);
                _ = ServeAsync(socket, kind, bytes, token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The port was not to be had, or the time is over: then connections are refused.
        }
    }

    private static async Task ServeAsync(Socket socket, StrangerKind kind, byte[] garbage, CancellationToken token)
    {
        using (socket)
        {
            try
            {
                byte[] request = new byte[MostBytes];
                if (kind == StrangerKind.Reset)
                {
                    await socket.ReceiveAsync(request, token);
                    socket.LingerState = new LingerOption(true, 0);
                }
                else
                {
                    if (kind == StrangerKind.Garbage)
                    {
                        await socket.SendAsync(garbage, token);
                    }

                    while (await socket.ReceiveAsync(request, token) > 0)
                    {
                        // Whatever it is.
                    }
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The peer is gone, or the time is over.
            }
        }
    }
}
