using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace PSLabNet.Tests.IcePap.Details;

/// <summary>A controller on a real socket that sends the test's bytes for each request, and records the requests.</summary>
internal sealed class ControllerPeer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> answer;

    /// <param name="answer">The bytes for a request, as text; null closes the connection.</param>
    public ControllerPeer(Func<string, string?> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    public ConcurrentQueue<string> Requests { get; } = new();

    public int Connections { get; private set; }

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                TcpClient client = await listener.AcceptTcpClientAsync();
                Connections++;
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                while (await reader.ReadLineAsync() is { } request)
                {
                    Requests.Enqueue(request);
                    if (answer(request) is not { } text)
                    {
                        return;
                    }

                    byte[] bytes = Encoding.ASCII.GetBytes(text);
                    await client.GetStream().WriteAsync(bytes);
                }
            }
            catch (IOException)
            {
                // The other side closed the connection in the middle of an answer.
            }
        }
    }
}
