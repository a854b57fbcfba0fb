using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using PSLabNet.FlexLm.Wire;

namespace PSLabNet.Fuzz.Conversations;

/// <summary>
/// A server on loopback that sends the replies of a script, on real sockets. All connections of the program under test end
/// here: no byte of an input decides about an address.
/// </summary>
internal sealed class LoopbackServer : IFlexLmNetwork, IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ScriptedNetwork names = new(Script.Read([]));
    private readonly object one = new();
    private Script script = Script.Read([]);
    private int connections;
    private bool isOver;

    public LoopbackServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Starts another script.</summary>
    public void Play(Script next)
    {
        lock (one)
        {
            script = next;
            connections = 0;
        }
    }

    public Task<IPAddress[]> LookUpAsync(string host) => names.LookUpAsync(host);

    public Task<string> LookUpNameAsync(IPAddress address) => names.LookUpNameAsync(address);

    public IFlexLmChannel Open(AddressFamily family) => new Redirected((IPEndPoint)listener.LocalEndpoint);

    public void Dispose()
    {
        isOver = true;
        listener.Stop();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                Socket socket = await listener.AcceptSocketAsync().ConfigureAwait(false);
                _ = ServeAsync(socket);
            }
            catch (Exception exception) when (isOver && exception is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Script playing;
        int connection;
        lock (one)
        {
            playing = script;
            connection = connections++;
        }

        using (socket)
        {
            try
            {
                socket.NoDelay = true;
                if (connection >= playing.Connections.Count)
                {
                    socket.LingerState = new LingerOption(true, 0);
                    return;
                }

                foreach (Reply reply in playing.Connections[connection])
                {
                    await SendAsync(socket, reply).ConfigureAwait(false);
                    if (reply.Arrival.HasFlag(Arrival.ThenReset))
                    {
                        socket.LingerState = new LingerOption(true, 0);
                        return;
                    }
                }

                if ((playing.Question & Question.Silent) == 0)
                {
                    socket.Shutdown(SocketShutdown.Send);
                }

                var rest = new byte[1024];
                while (await socket.ReceiveAsync(rest, SocketFlags.None).ConfigureAwait(false) > 0)
                {
                    // The answer is in the script, whatever the request is.
                }
            }
            catch (SocketException)
            {
                // The client has closed.
            }
        }
    }

    private static async Task SendAsync(Socket socket, Reply reply)
    {
        int half = reply.Arrival.HasFlag(Arrival.Split) ? reply.Bytes.Length / 2 : 0;
        if (half > 0)
        {
            await socket.SendAsync(reply.Bytes.AsMemory(0, half)).ConfigureAwait(false);
            await Task.Yield();
        }

        await socket.SendAsync(reply.Bytes.AsMemory(half)).ConfigureAwait(false);
    }

    private sealed class Redirected(IPEndPoint here) : IFlexLmChannel
    {
        private readonly IFlexLmChannel inner = TcpNetwork.Instance.Open(AddressFamily.InterNetwork);

        public Task ConnectAsync(IPEndPoint remote) => inner.ConnectAsync(here);

        public Task<int> SendAsync(ArraySegment<byte> bytes) => inner.SendAsync(bytes);

        public Task<int> ReceiveAsync(ArraySegment<byte> target) => inner.ReceiveAsync(target);

        public void Dispose() => inner.Dispose();
    }
}
