using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace PSLabNet.Benchmarks.Servers;

/// <summary>
/// Bare sockets that exchange the same number of bytes as a server and its client, in the same rounds, without content: the
/// bound for the speed of a query.
/// </summary>
internal sealed class BareServer : IDisposable
{
    private readonly Conversation conversation;
    private readonly int latencyMs;
    private readonly List<Socket> listeners = [];

    public BareServer(Conversation conversation, int latencyMs)
    {
        this.conversation = conversation;
        this.latencyMs = latencyMs;
        foreach (IReadOnlyList<Round> rounds in conversation.Connections)
        {
            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            listeners.Add(listener);
            _ = AcceptAsync(listener, rounds);
        }
    }

    /// <summary>The client's side: one connection after the other.</summary>
    public async Task AskAsync()
    {
        var open = new List<Socket>();
        foreach ((Socket listener, IReadOnlyList<Round> rounds) in listeners.Zip(conversation.Connections))
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            open.Add(socket);
            await socket.ConnectAsync(listener.LocalEndPoint!);
            foreach (Round round in rounds)
            {
                await socket.SendAsync(new byte[round.Sent]);
                await ReceiveAsync(socket, round.Received);
            }
        }

        open.ForEach(socket => socket.Dispose());
    }

    public void Dispose() => listeners.ForEach(listener => listener.Dispose());

    private static async Task ReceiveAsync(Socket socket, int count)
    {
        var buffer = new byte[Math.Max(count, 1)];
        for (int received = 0; received < count;)
        {
            int more = await socket.ReceiveAsync(buffer.AsMemory(received, count - received));
            received += more > 0 ? more : throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private async Task AcceptAsync(Socket listener, IReadOnlyList<Round> rounds)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync(), rounds);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket socket, IReadOnlyList<Round> rounds)
    {
        using (socket)
        {
            socket.NoDelay = true;
            try
            {
                foreach (Round round in rounds)
                {
                    await ReceiveAsync(socket, round.Sent);
                    long due = Stopwatch.GetTimestamp() + (latencyMs * Stopwatch.Frequency / 1000);
                    int left = (int)((due - Stopwatch.GetTimestamp()) * 1000 / Stopwatch.Frequency);
                    if (latencyMs > 0)
                    {
                        await Task.Delay(left);
                    }

                    await socket.SendAsync(new byte[round.Received]);
                }

                // The client closes.
                await socket.ReceiveAsync(new byte[1]);
            }
            catch (SocketException)
            {
                // The client closed early.
            }
        }
    }
}
