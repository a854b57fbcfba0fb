using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Soak.World;

/// <summary>Behavior of a program that uses the port of a license server but is not one.</summary>
internal enum StrangerKind
{
    /// <summary>Ends each connection with a reset.</summary>
    Reset,

    /// <summary>Accepts connections, and sends nothing.</summary>
    Stall,

    /// <summary>Sends random bytes.</summary>
    Garbage,
}

/// <summary>A program that listens at the port of a license server while the server is down.</summary>
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
            // The port was in use, or the time is over: then connections are refused.
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
                        // The content does not matter.
                    }
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The peer has closed, or the time is over.
            }
        }
    }
}
